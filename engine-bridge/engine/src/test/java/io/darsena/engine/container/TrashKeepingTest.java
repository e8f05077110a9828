package io.darsena.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.trash.Departure;
import io.darsena.bridge.trash.TrashEntry;
import io.darsena.bridge.trash.TrashPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TrashKeepingTest {

    private static final Instant NOW = Instant.parse("2026-05-06T07:08:09Z");
    private static final long EACH = 100;

    private final List<TrashEntry> held = new ArrayList<>();
    private final List<String> left = new CopyOnWriteArrayList<>();
    private TrashPolicy policy = TrashPolicy.DEFAULT;
    private long free = Long.MAX_VALUE / 2;
    private String stubborn = "";

    private final TrashKeeping keeping = new TrashKeeping(() -> policy, this::sorted, this::purge, () -> free);

    private List<TrashEntry> sorted() {
        return held.stream().sorted(Comparator.comparing(TrashEntry::removedAt)).toList();
    }

    private void purge(ContainerId id, Departure how) {
        TrashEntry entry =
                held.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        String name = entry.container().name();
        if (name.equals(stubborn)) {
            throw new FailedException("purge", "container " + name, "device or resource busy", "purge it again");
        }
        held.remove(entry);
        free += EACH;
        left.add(name + " " + how);
    }

    private void put(String name, Duration age) {
        ContainerState state = new ContainerState.Created(NOW.minus(age));
        Container container = new Container(
                new ContainerId("%064x".formatted(held.size() + 1)),
                name,
                ContainerSpec.of("image"),
                new ImageId(new Digest("0".repeat(64))),
                "image",
                List.of("true"),
                state,
                Optional.empty(),
                NOW.minus(age),
                0,
                List.of(),
                List.of(),
                Optional.empty());
        held.add(new TrashEntry(container, NOW.minus(age), OptionalLong.of(EACH)));
    }

    @Test
    void whatIsThereForAWeekGoes() {
        put("fresh", Duration.ofDays(6));
        put("stale", Duration.ofDays(7));
        keeping.tidy(NOW);
        assertThat(left).containsExactly("stale TOO_OLD");
    }

    @Test
    void theAgeIsSet() {
        policy = policy.withDays(OptionalInt.of(1));
        put("yesterdays", Duration.ofDays(1));
        put("todays", Duration.ofHours(23));
        keeping.tidy(NOW);
        assertThat(left).containsExactly("yesterdays TOO_OLD");
    }

    @Test
    void aFullDiskTakesTheOldestAndNoMoreThanItNeeds() {
        policy = policy.withFreeBytes(OptionalLong.of(1000));
        free = 850;
        put("third", Duration.ofDays(1));
        put("first", Duration.ofDays(3));
        put("second", Duration.ofDays(2));
        keeping.tidy(NOW);
        assertThat(left).containsExactly("first DISK_PRESSURE", "second DISK_PRESSURE");
    }

    @Test
    void aFullDiskLeavesWhatWasPutThereJustNow() {
        free = 0;
        put("just now", TrashKeeping.GRACE.minusSeconds(1));
        put("before", TrashKeeping.GRACE);
        keeping.tidy(NOW);
        assertThat(left).containsExactly("before DISK_PRESSURE");
    }

    @Test
    void neverIsNever() {
        policy = TrashPolicy.NEVER;
        free = 0;
        put("ancient", Duration.ofDays(9999));
        keeping.tidy(NOW);
        assertThat(left).isEmpty();
    }

    @Test
    void whatCannotBePurgedDoesNotKeepTheRest() {
        put("stuck", Duration.ofDays(9));
        put("next", Duration.ofDays(8));
        stubborn = "stuck";
        keeping.tidy(NOW);
        assertThat(left).containsExactly("next TOO_OLD");
    }

    @Test
    void itLooksByItselfAndEndsWhenClosed() throws InterruptedException {
        put("stale", Duration.between(Instant.EPOCH, NOW));
        keeping.begin();
        while (left.isEmpty()) {
            Thread.sleep(1);
        }
        keeping.close();
        assertThat(left).containsExactly("stale TOO_OLD");
    }
}
