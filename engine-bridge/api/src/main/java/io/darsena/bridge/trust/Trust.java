package io.darsena.bridge.trust;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.Secret;
import java.util.List;

/// Signatures of images, as cosign's specification has them: found by the tag `sha256-<hex>.sig` and by OCI's
/// referrers. What is signed is the digest that a name stands for: of an image for several platforms its index.
///
/// Every pull asks the rules ([TrustSettings]) before anything of the image comes into the cache. What came of it is
/// told as [io.darsena.bridge.event.EngineEvent.TrustChanged] and outlives the engine. An image that was imported or
/// built is nobody's but this machine's: the rules say nothing about it.
public interface Trust {

    /// What is known at this moment. Asks nobody.
    TrustReport report();

    /// Looks for signatures of what the name stands for here, at its registry, whatever the rules say.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when no image bears the name
    /// @throws io.darsena.bridge.error.InvalidRequestException when it did not come from a registry and did not go
    /// there
    ImageTrust check(ImageReference name);

    /// Private keys that are here, by their names, sorted.
    List<SigningKey> signingKeys();

    /// Makes a pair of keys (ECDSA on P-256). The private one is kept in cosign's encrypted format in a file that only
    /// its owner can read, and is unlocked until the engine closes; the public one is trusted from now on.
    ///
    /// @throws io.darsena.bridge.error.ConflictException when the name is taken
    SigningKey generate(String name, Secret password);

    /// Keeps a private key that cosign wrote (`ENCRYPTED COSIGN PRIVATE KEY`, `ENCRYPTED SIGSTORE PRIVATE KEY`) as it
    /// is,
    /// and trusts its public part.
    ///
    /// @throws io.darsena.bridge.error.DeniedException when the password does not open it
    /// @throws io.darsena.bridge.error.InvalidRequestException when it is no such key
    /// @throws io.darsena.bridge.error.ConflictException when the name is taken
    SigningKey importKey(String name, String pem, Secret password);

    /// Opens a key for this engine's life.
    ///
    /// @throws io.darsena.bridge.error.DeniedException when the password does not open it
    void unlock(String name, Secret password);

    /// Deletes a private key. That its public one is trusted is another matter, and stays.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is none
    void delete(String name);

    /// Signs what the name stands for at its registry, and puts the signature beside those that are there.
    ///
    /// @param key unlocked
    /// @return the digest that was signed
    Digest sign(ImageReference name, String key);
}
