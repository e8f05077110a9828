package io.darsena.engine.registry;

import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.engine.registry.http.Places;
import java.net.URI;

/// Where a registry is asked: Docker Hub elsewhere than its name says.
///
/// @param authority host with an optional port
record RegistryAddress(String authority) {

    /// Where Docker Hub is.
    ///
    /// @param search of its first version, the only one there is
    /// @param repositories what its site tells of them, with a slash at the end
    record Hub(RegistryAddress registry, URI search, URI repositories) {
        static final Hub PUBLIC = new Hub(
                new RegistryAddress("registry-1.docker.io"),
                URI.create("https://index.docker.io/v1/search"),
                URI.create("https://hub.docker.com/v2/repositories/"));
    }

    /// @throws InvalidRequestException when there can be no connection to it
    static RegistryAddress of(RegistryHost registry, Hub hub) {
        if (!registry.isAddress()) {
            throw new InvalidRequestException(
                    "ask", registry.name(), "it is no host with a port up to 65535", "check the name");
        }
        return registry.equals(RegistryHost.DOCKER_HUB) ? hub.registry() : new RegistryAddress(registry.name());
    }

    boolean isLoopback() {
        return Places.isLoopback(URI.create("http://" + authority).getHost());
    }

    /// The root of the registry's API.
    URI base(boolean encrypted) {
        return URI.create((encrypted ? "https://" : "http://") + authority + "/v2/");
    }
}
