package io.darsena.engine.registry;

import io.darsena.bridge.image.ImageReference;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A registry of the test's own, and the side of the engine that talks to it.
abstract class AgainstRegistry {

    @TempDir
    Path temporary;

    @SuppressWarnings("NullAway.Init")
    TestRegistry registry;

    @SuppressWarnings("NullAway.Init")
    RegistrySubject subject;

    @BeforeEach
    void openRegistry() throws Exception {
        registry = new TestRegistry();
        subject = new RegistrySubject(temporary.resolve("root"));
    }

    @AfterEach
    void closeRegistry() throws Exception {
        subject.close();
        registry.close();
    }

    /// @param rest repository, and tag or digest
    String address(String rest) {
        return registry.host() + "/" + rest;
    }

    ImageReference name(String rest) {
        return ImageReference.parse(address(rest));
    }
}
