package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.docker.http.HttpException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeLinksTest {

    private final FakeEngine fake = new FakeEngine();
    private FileTree tree = emptyTree();

    private FileTree emptyTree() {
        Engine engine = fake;
        ContainerId id = engine.containers().create(ContainerSpec.of(FakeEngine.STARTER));
        return engine.layers().tree(new TreeSource.OfContainer(id));
    }

    @BeforeEach
    void fill() {
        Engine engine = fake;
        ContainerId id = engine.containers().create(ContainerSpec.of(FakeEngine.STARTER));
        fake.change(
                id,
                FakeLayer.of(
                        "",
                        "d a",
                        "d a/b",
                        "f 1 a/b/file",
                        "l a/absolute /a/b",
                        "l a/relative ../a/./b/",
                        "l a/twice absolute/file",
                        "l a/out ../../../a/b",
                        "l a/broken b/none/below",
                        "l a/loop ../a/pool",
                        "l a/pool loop"));
        tree = engine.layers().tree(new TreeSource.OfContainer(id));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private TreeLinks.Place follow(String path, boolean last) {
        return new TreeLinks(tree).follow(FilePath.of(path), last);
    }

    @ParameterizedTest
    @CsvSource({
        "a/absolute/file, false, a/b/file",
        "a/relative/file, false, a/b/file",
        "a/out/file, false, a/b/file",
        "a/twice, true, a/b/file",
        "a/twice, false, a/twice",
        "a/absolute, true, a/b",
        "a/absolute, false, a/absolute"
    })
    void aPathLeadsWhereALookFromInsideWould(String path, boolean last, String end) {
        TreeLinks.Place place = follow(path, last);
        assertThat(place.path()).isEqualTo(FilePath.of(end));
        assertThat(place.node()).isEqualTo(tree.find(end)).isNotEqualTo(FileTree.NONE);
    }

    @Test
    void whereNothingIsThePathGoesOn() {
        assertThat(follow("a/broken", true))
                .isEqualTo(new TreeLinks.Place(FileTree.NONE, FilePath.of("a/b/none/below")));
        assertThat(follow("a/b/file/below", false).node()).isEqualTo(FileTree.NONE);
        assertThat(follow("", true)).isEqualTo(new TreeLinks.Place(FileTree.ROOT, FilePath.ROOT));
    }

    @Test
    void linksThatGoOnForEverAreRefused() {
        assertThatThrownBy(() -> follow("a/loop/x", false))
                .isInstanceOf(HttpException.class)
                .hasMessageContaining("too many levels");
        assertThat(follow("a/loop", false).node()).isNotEqualTo(FileTree.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "/, /, ''",
        "a, a, a",
        "/a/b/, b, a/b",
        "/a/b/., ., a/b",
        "., ., ''",
        "/a/../../b/./c, c, b/c",
        "a/.., /, ''",
        "a/.hidden, .hidden, a/.hidden",
        "a/b., b., a/b."
    })
    void howAPathEndsSaysWhatTheCopyIsCalled(String text, String name, String path) {
        ContainerPath read = ContainerPath.of(text.getBytes(StandardCharsets.UTF_8));
        assertThat(new String(read.name(), StandardCharsets.UTF_8)).isEqualTo(name);
        assertThat(read.path()).isEqualTo(FilePath.of(path));
    }
}
