package io.darsena.engine;

import io.darsena.bridge.Engine;
import io.darsena.bridge.contract.RegistriesContract;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.registry.TestRegistry;
import io.darsena.engine.registry.TokenServer;
import io.darsena.engine.simulated.SimulatedImage;
import io.darsena.engine.simulated.SimulatedMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class InProcessRegistriesContractTest extends RegistriesContract {

    private final TestRegistry open;
    private final TestRegistry closed;

    InProcessRegistriesContractTest() throws IOException {
        open = new TestRegistry();
        closed = new TestRegistry();
        closed.behave((seen, reply) ->
                !seen.header("authorization").equals(TokenServer.basic(TokenServer.USER, TokenServer.PASSWORD))
                        && reply.sent(401, Map.of("WWW-Authenticate", "Basic realm=\"test\""), ""));
    }

    @AfterEach
    void closeRegistries() throws IOException {
        open.close();
        closed.close();
    }

    @Override
    protected Engine open(Path directory) throws IOException {
        Engine engine = InProcessEngine.openWithoutStarter(
                EnginePaths.under(directory.resolve("root")), new SimulatedMachine());
        SimulatedImage.importInto(engine, directory.resolve("image"));
        return engine;
    }

    @Override
    public void movedTo(ImageReference standsFor, ImageReference name) {
        open.move(
                standsFor.repository(),
                standsFor.tag().orElseThrow(),
                name.tag().orElseThrow());
    }

    @Override
    public void publishAnother(ImageReference name) {
        open.publishAnother(name.repository(), name.tag().orElseThrow());
    }

    @Override
    public String image() {
        return SimulatedImage.NAME;
    }

    @Override
    public RegistryHost registry() {
        return new RegistryHost(open.host());
    }

    @Override
    protected RegistryHost closedRegistry() {
        return new RegistryHost(closed.host());
    }

    @Override
    protected RegistryCredential.Password right() {
        return new RegistryCredential.Password(TokenServer.USER, new Secret(TokenServer.PASSWORD));
    }

    @Override
    protected RegistryCredential.Password wrong() {
        return new RegistryCredential.Password(TokenServer.USER, new Secret("wrong word"));
    }
}
