package io.darsena.app.containers.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.session.FxPump;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.layer.TreeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FilesViewModelTest {

    private final FakeEngine fake = new FakeEngine();
    private final Engine engine = fake;
    private final ContainerId id =
            engine.containers().create(ContainerSpec.of(FakeEngine.STARTER).withName("web-1"));
    private final WindowSession window = new WindowSession(fake);
    private final FilesViewModel model =
            window.doing(() -> new FilesViewModel(window.commands(), window.pump(), Duration.ofMillis(20)));
    private final ContainerRow row = new ContainerRow(engine.containers().container(id));
    private final AtomicInteger changes = new AtomicInteger();

    @AfterEach
    void close() {
        window.close();
    }

    private FxPump.Ticking follow() {
        return window.doing(() -> model.follow(row));
    }

    private void start() {
        engine.containers().start(id);
        window.doing(() -> {
            row.update(engine.containers().container(id));
            return true;
        });
    }

    private List<String> paths() {
        return window.doing(this::pathsNow);
    }

    private List<String> pathsNow() {
        return model.rows().tree().stream()
                .flatMap(tree -> model.rows().stream().map(line -> tree.path(line.node())))
                .toList();
    }

    @Test
    void whatARunningContainerWritesAppearsByItself() {
        start();
        follow();
        window.until(() -> model.written().get().isPresent());
        assertThat(model.written().get()).hasValue(new Written(0, 0, 0));
        assertThat(paths()).isEmpty();
        fake.change(id, FakeLayer.of("", "f 500 log"));
        window.until(() -> pathsNow().equals(List.of("log")));
        assertThat(model.written().get()).hasValue(new Written(1, 500, 0));
        fake.change(id, FakeLayer.of("", "f 700 log"));
        window.until(() ->
                model.written().get().filter(new Written(1, 700, 0)::equals).isPresent());
    }

    @Test
    void whatNobodyLooksAtIsForgottenAndReadAgain() throws Exception {
        fake.change(id, FakeLayer.of("", "f 500 srv/log"));
        FxPump.Ticking following = follow();
        window.until(() -> pathsNow().equals(List.of("srv", "srv/log")));
        window.doing(() -> {
            model.rows().setOpen(model.rows().get(0).node(), false);
            model.rows().setOpen(model.rows().get(0).node(), true);
            following.close();
            model.forget();
            return true;
        });
        assertThat(window.doing(() -> model.rows().files())).isEmpty();
        assertThat(model.written().get()).isEmpty();
        follow();
        window.until(() -> pathsNow().equals(List.of("srv", "srv/log")));
    }

    @Test
    void whatDoesNotChangeChangesNothing() throws Exception {
        fake.change(id, FakeLayer.of("", "f 500 log"));
        start();
        follow();
        window.until(() -> !pathsNow().isEmpty());
        window.doing(() -> {
            model.rows().addListener((ListChangeListener<Object>) change -> changes.incrementAndGet());
            return true;
        });
        Thread.sleep(200);
        assertThat(changes).hasValue(0);
    }

    @Test
    void aStoppedContainerIsAskedOnce() throws Exception {
        follow();
        window.until(() -> model.written().get().isPresent());
        fake.change(id, FakeLayer.of("", "f 500 log"));
        Thread.sleep(200);
        assertThat(paths()).isEmpty();
        window.doing(() -> {
            model.refresh();
            return true;
        });
        window.until(() -> pathsNow().equals(List.of("log")));
    }

    @Test
    void nothingIsAskedWhileNobodyLooks() throws Exception {
        start();
        FxPump.Ticking following = follow();
        window.until(() -> model.written().get().isPresent());
        window.doing(() -> {
            following.close();
            return true;
        });
        fake.change(id, FakeLayer.of("", "f 500 log"));
        Thread.sleep(200);
        assertThat(paths()).isEmpty();
        follow();
        window.until(() -> pathsNow().equals(List.of("log")));
    }

    @Test
    void whatWasClosedStaysClosedAndWhatWasOpenedStaysOpen() {
        fake.change(id, FakeLayer.of("", "d a", "f 1 a/one", "d b", "f 1 b/two"));
        start();
        follow();
        window.until(() -> Set.copyOf(pathsNow()).equals(Set.of("a", "a/one", "b", "b/two")));
        window.doing(() -> {
            model.rows().setOpen(model.rows().tree().orElseThrow().find("a"), false);
            return true;
        });
        fake.change(id, FakeLayer.of("", "d 0", "f 1 0/new", "d a", "f 1 a/one", "d b", "f 1 b/two", "f 2 b/three"));
        window.until(() -> Set.copyOf(pathsNow()).equals(Set.of("0", "a", "b", "b/three", "b/two")));
    }

    @Test
    void besideAChangedFileThereIsOnlyWhatTheImageHasAsAFile() {
        fake.addImage(
                "acme/links:1",
                FakeEngine.STARTER_CONFIG,
                List.of(FakeLayer.of("ADD", "l etc/conf motd", "f 3 etc/motd")));
        ContainerId other =
                engine.containers().create(ContainerSpec.of("acme/links:1").withName("web-2"));
        fake.change(other, FakeLayer.of("", "f 9 etc/conf", "f 4 etc/motd", "f 5 etc/new"));
        window.doing(() -> model.follow(new ContainerRow(engine.containers().container(other))));
        window.until(() -> pathsNow().contains("etc/new"));
        assertThat(imageOf("etc/motd")).isPresent();
        assertThat(imageOf("etc/conf")).isEmpty();
        assertThat(imageOf("etc/new")).isEmpty();
    }

    private Optional<TreeSource> imageOf(String path) {
        return window.doing(
                () -> model.imageOf(model.rows().tree().orElseThrow().find(path)));
    }

    @Test
    void afterAFailureAPersonAsksAgain() throws Exception {
        fake.failNext("show files", new NotFoundException("show the files of", "web-1", "it went", ""));
        start();
        follow();
        window.until(() -> model.place().failure().get().isPresent());
        Thread.sleep(200);
        assertThat(model.place().failure().get())
                .as("it stays until somebody asks")
                .isPresent();
        window.doing(() -> {
            model.refresh();
            return true;
        });
        window.until(() -> model.written().get().isPresent());
        assertThat(model.place().failure().get()).isEmpty();
    }
}
