package io.darsena.docker.server;

import io.darsena.docker.http.HttpException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Parts of Docker's API that this version does not serve, so that whoever asks is told what is missing rather
/// than that there is no such page.
final class Unserved {

    private static final int NOT_IMPLEMENTED = 501;

    private record Part(Pattern path, String called) {

        static Part of(String path, String called) {
            return new Part(Pattern.compile(path), called);
        }
    }

    private static final List<Part> PARTS = List.of(
            Part.of("/networks(/.*)?", "networks (docker network)"),
            Part.of("/volumes(/.*)?", "volumes (docker volume)"),
            Part.of("/(build|session|grpc)(/.*)?", "building images (docker build)"),
            Part.of("/containers/[^/]+/exec|/exec/.*", "further commands in a container (docker exec)"),
            Part.of("/containers/[^/]+/update", "changing a container's limits (docker update)"),
            Part.of("/containers/[^/]+/resize", "terminals (docker run --tty)"),
            Part.of("/containers/[^/]+/attach/ws", "attaching by WebSocket"),
            Part.of("/containers/prune", "pruning containers (docker container prune)"),
            Part.of("/(swarm|nodes|services|tasks|secrets|configs)(/.*)?", "Swarm"),
            Part.of("/plugins(/.*)?", "plugins"));

    private Unserved() {}

    /// What to answer to a path that no route has.
    static Optional<HttpException> answer(String path) {
        return PARTS.stream()
                .filter(part -> part.path().matcher(path).matches())
                .findFirst()
                .map(part -> new HttpException(
                        NOT_IMPLEMENTED, part.called() + ": not supported by this version of Darsena"));
    }
}
