package io.darsena.engine.container;

import io.darsena.bridge.container.LogRecord.Stream;
import io.darsena.bridge.container.OutputConsumer;
import io.darsena.runtime.Sandbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who is attached to one container's output, and who waits for its next run. `this` guards both.
final class Attachments {

    private final Set<Attachment> open = new HashSet<>();
    private final List<Attachment> waiting = new ArrayList<>();

    /// @param running attached to at once; else the next run is waited for
    Attachment add(Set<Stream> streams, OutputConsumer consumer, Optional<Sandbox> running) {
        Attachment attachment = new Attachment(streams, consumer, this::forget);
        synchronized (this) {
            open.add(attachment);
            if (running.isEmpty()) {
                waiting.add(attachment);
            }
        }
        running.ifPresent(attachment::begin);
        return attachment;
    }

    private synchronized void forget(Attachment attachment) {
        open.remove(attachment);
        waiting.remove(attachment);
    }

    /// How many a run that begins now has to wait for.
    synchronized int waiting() {
        return waiting.size();
    }

    /// A run has begun.
    void begin(Sandbox sandbox) {
        takeWaiting().forEach(attachment -> attachment.begin(sandbox));
    }

    /// There will be no other run.
    void end() {
        takeWaiting().forEach(Attachment::end);
    }

    private synchronized List<Attachment> takeWaiting() {
        List<Attachment> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    void close() {
        List<Attachment> all;
        synchronized (this) {
            all = List.copyOf(open);
        }
        all.forEach(Attachment::close);
    }
}
