package io.darsena.docker.client;

import io.darsena.bridge.Engine;
import io.darsena.bridge.contract.RegistriesContract;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeRegistries;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The contract of registries, from a client through the socket and the server to the engine in memory.
class RemoteRegistriesContractTest extends RegistriesContract {

    @RegisterExtension
    final ServedFake served = new ServedFake(new FakeEngine());

    @Override
    protected Engine open(Path directory) throws Exception {
        return served.open(directory);
    }

    @Override
    public void movedTo(ImageReference standsFor, ImageReference name) {
        served.fake().registries().move(standsFor, name);
    }

    @Override
    public void publishAnother(ImageReference name) {
        served.fake().registries().publish(name.toString(), 2);
    }

    @Override
    public String image() {
        return FakeEngine.STARTER;
    }

    @Override
    public RegistryHost registry() {
        return new RegistryHost("[::1]:5000");
    }

    @Override
    protected RegistryHost closedRegistry() {
        return new RegistryHost("private.example:8443");
    }

    @Override
    protected RegistryCredential.Password right() {
        return new RegistryCredential.Password("ada", new Secret("right ü \\\" & = %"));
    }

    @Override
    protected RegistryCredential.Password wrong() {
        return new RegistryCredential.Password("ada", new Secret(FakeRegistries.WRONG_PASSWORD));
    }
}
