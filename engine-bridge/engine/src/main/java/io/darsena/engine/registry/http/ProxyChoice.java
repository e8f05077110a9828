package io.darsena.engine.registry.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The proxies that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name, in capitals or not. What stays on this
/// machine takes none. A proxy's name and password are not sent: the JDK sends none to a proxy that is to tunnel
/// TLS.
public final class ProxyChoice extends ProxySelector {

    private static final int BITS = 8;

    private final Map<String, String> environment;

    public ProxyChoice(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost();
        if (host == null || Places.isLoopback(host) || isDirect(host, Places.port(uri))) {
            return List.of(Proxy.NO_PROXY);
        }
        return List.of(address(variable(Places.isEncrypted(uri) ? "HTTPS_PROXY" : "HTTP_PROXY"))
                .map(proxy -> new Proxy(Proxy.Type.HTTP, proxy))
                .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // whoever sent the request is told
    }

    private String variable(String name) {
        return environment
                .getOrDefault(name, environment.getOrDefault(name.toLowerCase(Locale.ROOT), ""))
                .strip();
    }

    private static Optional<InetSocketAddress> address(String value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
            return Optional.ofNullable(proxy.getHost()).map(host -> new InetSocketAddress(host, Places.port(proxy)));
        } catch (IllegalArgumentException nonsense) {
            return Optional.empty();
        }
    }

    private boolean isDirect(String host, int port) {
        String name = host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        return Arrays.stream(variable("NO_PROXY").split(","))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> entry.equals("*") || fits(entry, name, port));
    }

    private static boolean fits(String entry, String host, int port) {
        int slash = entry.indexOf('/');
        if (slash > 0) {
            return isWithin(host, entry.substring(0, slash), entry.substring(slash + 1));
        }
        String wanted = entry;
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && entry.indexOf(':') == colon) {
            if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            wanted = entry.substring(0, colon);
        }
        String suffix = wanted.startsWith("*.") ? wanted.substring(1) : wanted;
        return suffix.startsWith(".")
                ? host.endsWith(suffix) || host.equals(suffix.substring(1))
                : host.equals(suffix) || host.endsWith("." + suffix);
    }

    private static boolean isWithin(String host, String network, String bits) {
        try {
            byte[] address = InetAddress.ofLiteral(host).getAddress();
            byte[] prefix = InetAddress.ofLiteral(network).getAddress();
            int count = Integer.parseInt(bits);
            if (address.length != prefix.length || count < 0 || count > address.length * BITS) {
                return false;
            }
            for (int bit = 0; bit < count; bit++) {
                int mask = 0x80 >> bit % BITS;
                if ((address[bit / BITS] & mask) != (prefix[bit / BITS] & mask)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException noLiteral) {
            return false;
        }
    }
}
