package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides what may come, and how what goes is signed.
public interface Admission {

    /// Lets everything come, and signs nothing.
    Admission OPEN = new Admission() {
        @Override
        public Runnable admit(ImageReference name, Digest digest, List<Supplier<List<FoundSignature>>> signatures) {
            return () -> {};
        }

        @Override
        public Optional<Signing> signing(ImageReference name) {
            return Optional.empty();
        }

        @Override
        public boolean awaitsKey(ImageReference name) {
            return false;
        }

        @Override
        public void sent(ImageReference name, Digest digest) {}
    };

    /// Asked before anything of an image comes into the cache.
    ///
    /// @param name as it was asked for
    /// @param digest that the name stands for
    /// @param signatures each asks one place that has the image: mirrors, and the registry itself last
    /// @return to be run when the image is here
    /// @throws io.darsena.bridge.error.DeniedException when it may not come
    Runnable admit(ImageReference name, Digest digest, List<Supplier<List<FoundSignature>>> signatures);

    /// Asked before the first byte is sent.
    ///
    /// @throws io.darsena.bridge.error.EngineException when it is to be signed and cannot be
    Optional<Signing> signing(ImageReference name);

    /// Whether it is to be signed by a key that is here and that nobody has unlocked.
    boolean awaitsKey(ImageReference name);

    /// All of it is at its registry, its signature too.
    void sent(ImageReference name, Digest digest);

    /// Makes the signature of one image.
    @FunctionalInterface
    interface Signing {
        FoundSignature.Simple sign(Digest digest);
    }
}
