package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.server.TreeLinks.Place;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.io.InputStream;

/// `/containers/{id}/changes`, `export` and `archive`: what `docker diff`, `docker export` and `docker cp` out of a
/// container ask for.
final class ContainerFileRoutes {

    private static final String TAR = "application/x-tar";

    private final Engine engine;

    ContainerFileRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", "/containers/{name}/changes", this::changes)
                .on("GET", "/containers/{name}/export", this::export)
                .on("HEAD", "/containers/{name}/archive", this::stat)
                .on("GET", "/containers/{name}/archive", this::archive)
                .on("PUT", "/containers/{name}/archive", (exchange, name) -> {
                    throw new HttpException(
                            501,
                            "copying files into a container (docker cp): not supported by this version of Darsena");
                });
    }

    private static TreeSource.OfContainer source(Container container) {
        return new TreeSource.OfContainer(container.id());
    }

    private void changes(HttpExchange exchange, String name) throws IOException {
        FileTree tree = engine.layers().tree(source(ContainerRoutes.named(engine, name)));
        exchange.reply(200, "application/json", Json.write(ContainerChanges.of(tree)));
    }

    private void export(HttpExchange exchange, String name) throws IOException {
        Container container = ContainerRoutes.named(engine, name);
        InputStream tar = engine.layers().archive(source(container), FilePath.ROOT);
        ByteAnswer.send(exchange, "application/octet-stream", tar, "container " + container.name());
    }

    /// What a path names, and where that is.
    private record Found(Container container, ContainerPath asked, FileTree tree, Place place) {

        String stat() {
            boolean link = tree.kind(place.node()) == FileKind.SYMBOLIC_LINK;
            String target =
                    link ? "/" + new TreeLinks(tree).follow(place.path(), true).path() : "";
            return PathStat.of(tree, place.node(), asked, target);
        }
    }

    private Found find(HttpExchange exchange, String name) {
        Container container = ContainerRoutes.named(engine, name);
        ContainerPath path = ContainerPath.of(exchange.request().bytes("path").orElseGet(() -> new byte[0]));
        FileTree tree = engine.layers().tree(source(container));
        Place place = new TreeLinks(tree).follow(path.path(), path.isDirectory());
        if (place.node() == FileTree.NONE) {
            throw new NotFoundException(
                    "copy",
                    path + " of container " + container.name(),
                    "Could not find the file " + path + " in container " + name,
                    "");
        }
        if (path.isDirectory() && tree.kind(place.node()) != FileKind.DIRECTORY) {
            throw new HttpException(400, path + " of container " + container.name() + " is not a directory");
        }
        return new Found(container, path, tree, place);
    }

    private void stat(HttpExchange exchange, String name) throws IOException {
        exchange.header(PathStat.HEADER, find(exchange, name).stat()).reply(200);
    }

    private void archive(HttpExchange exchange, String name) throws IOException {
        Found found = find(exchange, name);
        exchange.header(PathStat.HEADER, found.stat());
        // Docker calls it after what was asked for, which may end in a dot, or be a link to a directory.
        byte[] called = found.asked().name();
        InputStream tar =
                engine.layers().archive(source(found.container()), found.place().path(), called);
        ByteAnswer.send(
                exchange,
                TAR,
                tar,
                found.asked() + " of container " + found.container().name());
    }
}
