package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.trash.TrashEntry;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/// One container in the trash.
///
/// `commands` lets one of restoring, purging and measuring run at a time; whoever holds it changes the fields, which
/// any thread may read.
final class TrashedContainer {

    final ReentrantLock commands = new ReentrantLock();
    private volatile ContainerRecord record;
    private final Instant removedAt;
    private volatile OptionalLong bytes;
    private volatile boolean left;

    TrashedContainer(ContainerRecord record, Instant removedAt, OptionalLong bytes) {
        this.record = record;
        this.removedAt = removedAt;
        this.bytes = bytes;
    }

    ContainerId id() {
        return record.definition().id();
    }

    ContainerRecord record() {
        return record;
    }

    /// Whether it is in the trash no more.
    boolean hasLeft() {
        return left;
    }

    void leave() {
        left = true;
    }

    void measured(long measured) {
        bytes = OptionalLong.of(measured);
    }

    OptionalLong bytes() {
        return bytes;
    }

    void in(ContainerState state) {
        record = record.in(state);
    }

    TrashEntry entry() {
        return new TrashEntry(record.container(Optional.empty()), removedAt, bytes);
    }
}
