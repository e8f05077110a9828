package io.darsena.bridge.registry;

import io.darsena.bridge.image.ImageReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// A registry by its host with an optional port, as `docker.io`, `localhost:5000` or `[::1]:5000`: what stands
/// first in the full form of an [ImageReference].
public record RegistryHost(String name) implements Comparable<RegistryHost> {

    private static final int LARGEST_PORT = 65_535;
    private static final int LONGEST = 253 + ":65535".length();

    public static final RegistryHost DOCKER_HUB = new RegistryHost(ImageReference.DEFAULT_REGISTRY);

    /// @throws IllegalArgumentException when it is no host
    public RegistryHost {
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException("not a registry: longer than " + LONGEST + " letters");
        }
        name = new ImageReference(name, "any/repository", Optional.of("tag"), Optional.empty()).registry();
    }

    /// Reads what a person types: a host, or an address with `https://` before it and a path behind it, as
    /// Docker's configuration names registries (`https://index.docker.io/v1/`).
    ///
    /// @throws IllegalArgumentException when there is no host in it
    public static RegistryHost parse(String text) {
        String rest = text.strip().replaceFirst("^[a-zA-Z][a-zA-Z0-9+.-]*://", "");
        int slash = rest.indexOf('/');
        String host = slash < 0 ? rest : rest.substring(0, slash);
        RegistryHost registry = new RegistryHost(host);
        if (!registry.isAddress()) {
            throw new IllegalArgumentException("not a registry: " + host + " is no host with a port up to 65535");
        }
        return registry;
    }

    /// Whether a connection can be made to it. A name of an image may have been given without that:
    /// `team.1/web` and `localhost:99999/web` are names.
    public boolean isAddress() {
        try {
            URI uri = new URI("https://" + name + "/");
            return uri.getHost() != null && uri.getPort() <= LARGEST_PORT;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    public static RegistryHost of(ImageReference name) {
        return new RegistryHost(name.registry());
    }

    @Override
    public int compareTo(RegistryHost other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
