package io.darsena.docker.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/// Who is at the other end of a Unix socket, as the kernel tells it (SO_PEERCRED, unix(7)).
final class PeerCredentials {

    private PeerCredentials() {}

    /// Whether it is the own user or root, who can do everything here anyway.
    static boolean isTrusted(SocketChannel connection) throws IOException {
        return isTrusted(connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
    }

    /// Principals are equal when their numbers are.
    static boolean isTrusted(UserPrincipal peer) throws IOException {
        return peer.equals(Files.getOwner(Path.of("/proc/self"))) || peer.equals(user(0));
    }

    static UserPrincipal user(int uid) throws IOException {
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(Integer.toString(uid));
    }
}
