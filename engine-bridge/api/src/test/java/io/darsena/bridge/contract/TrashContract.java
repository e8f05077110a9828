package io.darsena.bridge.contract;

import static io.darsena.bridge.container.ContainerStatus.CREATED;
import static io.darsena.bridge.container.ContainerStatus.EXITED;
import static io.darsena.bridge.container.ContainerStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.bridge.event.EngineEvent.ContainerChanged;
import io.darsena.bridge.event.EngineEvent.ContainerRemoved;
import io.darsena.bridge.event.EngineEvent.TrashChanged;
import io.darsena.bridge.event.EngineEvent.TrashRemoved;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.trash.Departure;
import io.darsena.bridge.trash.Trash;
import io.darsena.bridge.trash.TrashEntry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Removal that can be undone.
interface TrashContract extends ContractSubject {

    private Trash trash() {
        return engine().trash();
    }

    /// One that has written a file and a line of log, and has ended.
    private ContainerId ended(String name) {
        ContainerId id = containers()
                .create(spec("sh", "-c", "echo mark >> /tmp/notes; cat /tmp/notes")
                        .withName(name));
        containers().start(id);
        containers().await(id);
        return id;
    }

    @Test
    default void whatIsPutIntoTheTrashIsNoContainerButComesBackWhole() {
        ContainerId id = ended("kept");
        Container before = containers().container(id);
        trash().put(id);
        assertThat(containers().list()).isEmpty();
        assertThat(containers().find("kept")).isEmpty();
        assertThat(containers().find(id.hex())).isEmpty();
        assertThat(trash().list()).singleElement().satisfies(entry -> {
            assertThat(entry.container()).isEqualTo(before);
            assertThat(entry.removedAt()).isAfterOrEqualTo(before.state().since());
            assertThat(entry.image()).isEqualTo(before.image());
        });
        assertThat(trash().restore(id)).isEqualTo("kept");
        assertThat(trash().list()).isEmpty();
        assertThat(containers().container(id)).isEqualTo(before);
        assertThat(containers().find("kept").map(Container::id)).contains(id);
        containers().start(id);
        containers().await(id);
        LogCollector log = new LogCollector();
        containers().logs(id, LogQuery.ALL, log);
        assertThat(log.awaitEnd()).containsExactly("mark", "mark", "mark");
    }

    @Test
    default void oneThatWasNeverStartedComesBackNeverStarted() {
        ContainerId id = containers().create(spec("true"));
        trash().put(id);
        trash().restore(id);
        assertThat(status(id)).isEqualTo(CREATED);
        containers().start(id);
        assertThat(containers().await(id).code()).isZero();
    }

    @Test
    default void oneThatRunsIsNotPutIntoTheTrash() {
        ContainerId id = running(ENDLESS);
        assertThatThrownBy(() -> trash().put(id))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("it is running")
                .hasMessageContaining("stop it first");
        assertThat(status(id)).isEqualTo(RUNNING);
        assertThat(trash().list()).isEmpty();
    }

    @Test
    default void namesInTheTrashAreFree() {
        ContainerId first = ended("web");
        trash().put(first);
        ContainerId second = containers().create(spec("true").withName("web"));
        trash().put(second);
        ContainerId third = containers().create(spec("true").withName("web"));
        assertThat(trash().list()).extracting(TrashEntry::id).containsExactly(first, second);
        assertThat(trash().restore(first)).isEqualTo("web-restored");
        assertThat(trash().restore(second)).isEqualTo("web-restored-2");
        assertThat(Stream.of(first, second, third)
                        .map(id -> containers().container(id).name()))
                .containsExactly("web-restored", "web-restored-2", "web");
    }

    @Test
    default void aLongNameLeavesRoomForItsAddition() {
        String longest = "n".repeat(128);
        ContainerId first = containers().create(spec("true").withName(longest));
        trash().put(first);
        containers().create(spec("true").withName(longest));
        assertThat(trash().restore(first)).hasSize(128).endsWith("-restored").startsWith("nnn");
    }

    @Test
    default void whatIsPurgedIsGoneForGood() {
        ContainerId id = ended("doomed");
        trash().put(id);
        assertThat(trash().purge(id)).isPositive();
        assertThat(trash().list()).isEmpty();
        assertThatThrownBy(() -> trash().restore(id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> trash().purge(id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> trash().put(id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> containers().container(id)).isInstanceOf(NotFoundException.class);
    }

    @Test
    default void purgingAllTellsWhatWasFreed() {
        assertThat(trash().purgeAll()).isZero();
        List<ContainerId> ids = List.of(ended("one"), ended("two"));
        ContainerId third = ended("three");
        ids.forEach(trash()::put);
        assertThat(trash().purgeAll()).isPositive();
        assertThat(trash().list()).isEmpty();
        assertThat(containers().list()).extracting(Container::id).containsExactly(third);
    }

    @Test
    default void requestsOfWhatIsInTheTrashSayThatItIsThere() {
        ContainerId id = containers().create(spec("true"));
        trash().put(id);
        assertThatThrownBy(() -> containers().start(id))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("it is in the trash; restore it first");
    }

    @Test
    default void anImageThatTheTrashPinsIsNotRemovedUnlessForced() {
        Image image = engine().images().find(image()).orElseThrow();
        ContainerId id = containers().create(spec("true").withName("pins-it"));
        trash().put(id);
        assertThatThrownBy(() -> engine().images().remove(image.id()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("pins-it")
                .hasMessageContaining("in the trash");
        ContainerId user = containers().create(spec("true").withName("uses-it"));
        assertThatThrownBy(() -> engine().images().forceRemove(image.id()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("uses-it");
        assertThat(trash().list()).hasSize(1);
        containers().remove(user);
        engine().images().forceRemove(image.id());
        assertThat(trash().list()).isEmpty();
        assertThat(engine().images().find(image.id().toString())).isEmpty();
    }

    @Test
    default void theTrashIsToldToSubscribers() {
        ContainerId id = ended("told");
        try (Recorder recorder = new Recorder(engine())) {
            trash().put(id);
            recorder.awaitRemoved(id);
            recorder.await(event -> event instanceof TrashChanged changed
                    && changed.entry().bytes().isPresent());
            try (Recorder later = new Recorder(engine())) {
                later.await(event -> true);
                assertThat(later.events().getFirst()).isInstanceOfSatisfying(EngineEvent.Snapshot.class, snapshot -> {
                    assertThat(snapshot.containers()).isEmpty();
                    assertThat(snapshot.trash()).containsExactlyElementsOf(trash().list());
                });
            }
            trash().restore(id);
            recorder.await(event -> event instanceof TrashRemoved removed && removed.how() == Departure.RESTORED);
            trash().put(id);
            long freed = trash().purge(id);
            recorder.await(event -> event instanceof TrashRemoved removed
                    && removed.how() == Departure.PURGED
                    && removed.freed() == freed
                    && removed.name().equals("told"));
            assertThat(recorder.events().stream()
                            .filter(event -> event instanceof ContainerChanged changed
                                            && changed.action() == ContainerAction.RESTORE
                                    || event instanceof ContainerRemoved
                                    || event instanceof TrashRemoved)
                            .map(Object::getClass))
                    .containsExactly(
                            ContainerRemoved.class,
                            ContainerChanged.class,
                            TrashRemoved.class,
                            ContainerRemoved.class,
                            TrashRemoved.class);
        }
    }

    @Test
    default void aFollowedLogEndsWhenItsContainerIsPutIntoTheTrash() {
        ContainerId id = ended("followed");
        LogCollector log = new LogCollector();
        containers().logs(id, LogQuery.ALL.withFollow(true), log);
        log.awaitLine("mark");
        trash().put(id);
        assertThat(log.awaitEnd()).containsExactly("mark");
    }

    @Test
    default void howItEndedIsKnownAlsoInTheTrash() {
        ContainerId id = containers().create(spec("sh", "-c", "exit 9"));
        containers().start(id);
        containers().await(id);
        trash().put(id);
        assertThat(containers().await(id).code()).isEqualTo(9);
        trash().restore(id);
        assertThat(status(id)).isEqualTo(EXITED);
        assertThat(containers().await(id).code()).isEqualTo(9);
    }
}
