package io.darsena.engine.registry.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/// Where an address leads.
public final class Places {

    private Places() {}

    /// Scheme, host and port agree: what may be told the one may be told the other.
    public static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isEncrypted(uri) ? 443 : 80;
    }

    public static boolean isEncrypted(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /// The same place by TLS.
    ///
    /// @param home of the same host: its port stands for the one that is usual for plain HTTP
    public static URI encrypted(URI plain, URI home) {
        int port = port(plain) == 80 ? port(home) : plain.getPort();
        String query = plain.getRawQuery() == null ? "" : "?" + plain.getRawQuery();
        String path = Objects.requireNonNullElse(plain.getRawPath(), "");
        return URI.create("https://" + plain.getHost() + (port == 443 ? "" : ":" + port) + path + query);
    }

    /// Whether it is an address of the web with a host, and holds no name and password.
    static boolean isUsable(URI uri) {
        String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https"))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null;
    }

    /// 127.0.0.0/8, ::1 and `localhost`: what is sent there never leaves this machine. No name is looked up.
    ///
    /// @param host without a port
    public static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /// For messages: what stands in a query may be a secret.
    public static String shown(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + Objects.requireNonNullElse(uri.getRawPath(), "");
    }
}
