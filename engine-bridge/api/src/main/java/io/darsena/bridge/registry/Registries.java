package io.darsena.bridge.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What an engine does with registries that speak OCI's distribution specification 1.1 or Docker's version 2.
/// Every method talks to the network unless it says that it does not; interrupting the thread cancels at once.
/// Where no credential is given, the one kept for the registry is used. Connections are made by TLS; plain HTTP
/// only to this machine's loopback and to registries that are set insecure ([RegistrySettings]).
///
/// Failures of all of them: `NotFound` (no such repository, tag or digest, or nobody may know of it), `Denied`
/// (login needed or refused), `Unavailable` (not in reach, rate limit, broken after all tries), `Corrupted`
/// (bytes that are not what their digest promises), `InvalidRequest`. No message holds a secret.
public interface Registries {

    /// Brings an image into the local cache: its layers download side by side and unpack while they do. What is
    /// here already is not fetched again, what an interrupted pull has left is gone on with, also by the next
    /// engine. Two pulls that need the same layer share one download. The image appears whole or not at all;
    /// its name moves to it, told by `ImageChanged`.
    ///
    /// @param progress called by one thread at a time, at most some ten times a second, and with the last state
    /// @throws java.util.concurrent.CancellationException when the thread was interrupted
    PullResult pull(PullRequest request, Consumer<? super ImageTransfer> progress);

    /// Sends what bears this name: blobs exactly as they were received, those that the repository has already
    /// not again, the manifest last. An image that came by an index is pushed by that index as far as all it
    /// leads to is here, otherwise by its own manifest.
    ///
    /// @param name with a tag
    /// @param credential instead of the one kept
    /// @return the digest that the registry now knows by that tag
    Digest push(ImageReference name, Optional<RegistryCredential> credential, Consumer<? super ImageTransfer> progress);

    /// Asks the registry whether the credential is good, and keeps it if so: by the credential helper that the
    /// person's Docker configuration names or that this desktop has, otherwise in a file that only its owner
    /// can read.
    ///
    /// @return where it is kept, or who the registry says was logged in
    RegistryLogin login(RegistryHost registry, RegistryCredential credential);

    /// Whether the credential is good, without keeping it.
    void check(RegistryHost registry, RegistryCredential credential);

    /// Forgets the credential kept for a registry; having none is no error. Stays on this machine.
    void logout(RegistryHost registry);

    /// Who is logged in where, by what this engine and the person's Docker configuration keep. Stays on this
    /// machine but for asking credential helpers.
    List<RegistryLogin> logins();

    /// How the registry answers now.
    RegistryAnswer probe(RegistryHost registry);

    /// What a name stands for at its registry, by the digest a pull would get. No layer is fetched.
    RemoteImage describe(ImageReference name, Optional<RegistryCredential> credential);

    /// What a pull of this would bring. It is found as a pull finds it, by mirrors, credential and platform; but only
    /// the documents are read, each of at most 4 MiB and verified, and nothing of them is kept.
    ///
    /// This informs and admits nothing: rules of trust are not asked, and what it tells may be of an image that
    /// the pull then refuses.
    ///
    /// @param request with [PullRequest#EVERY_PLATFORM] it tells of this machine's image alone
    /// @throws io.darsena.bridge.error.NotFoundException also when there is none for the platform
    ImagePreview preview(PullRequest request);

    /// Tags of a repository in the registry's order (most sort by letters), at most `limit`.
    ///
    /// @param credential instead of the one kept
    List<String> tags(RegistryHost registry, String repository, Optional<RegistryCredential> credential, int limit);

    /// With the credential that is kept.
    default List<String> tags(RegistryHost registry, String repository, int limit) {
        return tags(registry, repository, Optional.empty(), limit);
    }

    /// Tags with their sizes and dates where a registry tells those: Docker Hub, of what everybody may see, the
    /// newest first. Elsewhere as [#tags].
    default List<FoundTag> taggedImages(RegistryHost registry, String repository, int limit) {
        return tags(registry, repository, limit).stream().map(FoundTag::of).toList();
    }

    /// Repositories of a registry as its catalog tells them, at most `limit`; many public ones refuse to tell.
    List<String> repositories(RegistryHost registry, int limit);

    /// Finds repositories by words: Docker Hub by its search, others by their catalog.
    ///
    /// @param credential instead of the one kept
    List<FoundRepository> search(
            RegistryHost registry, String words, Optional<RegistryCredential> credential, int limit);

    /// With the credential that is kept.
    default List<FoundRepository> search(RegistryHost registry, String words, int limit) {
        return search(registry, words, Optional.empty(), limit);
    }

    /// Deletes a tag at its registry, and with it what the tag stands for where the registry knows no other way:
    /// then all its tags are gone.
    void deleteRemote(ImageReference name);
}
