package io.darsena.bridge.fake;

import io.darsena.bridge.Engine;
import io.darsena.bridge.contract.RegistriesContract;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import java.nio.file.Path;

class FakeRegistriesContractTest extends RegistriesContract {

    @Override
    protected Engine open(Path directory) {
        return new FakeEngine();
    }

    @Override
    public void movedTo(ImageReference standsFor, ImageReference name) {
        ((FakeEngine) engine()).registries().move(standsFor, name);
    }

    @Override
    public void publishAnother(ImageReference name) {
        ((FakeEngine) engine()).registries().publish(name.toString(), 2);
    }

    @Override
    public String image() {
        return FakeEngine.STARTER;
    }

    @Override
    public RegistryHost registry() {
        return new RegistryHost("localhost:5000");
    }

    @Override
    protected RegistryHost closedRegistry() {
        return new RegistryHost("private.example");
    }

    @Override
    protected RegistryCredential.Password right() {
        return new RegistryCredential.Password("ada", new Secret("right"));
    }

    @Override
    protected RegistryCredential.Password wrong() {
        return new RegistryCredential.Password("ada", new Secret(FakeRegistries.WRONG_PASSWORD));
    }
}
