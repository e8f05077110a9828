package io.darsena.engine.image;

import io.darsena.bridge.disk.PrunePlan;
import io.darsena.bridge.disk.PrunePlan.Candidate;
import io.darsena.bridge.disk.PrunePlan.Kind;
import io.darsena.bridge.disk.PrunePlan.Part;
import io.darsena.bridge.disk.PruneResult;
import io.darsena.bridge.disk.PruneResult.LeftOut;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.event.EventSink;
import io.darsena.engine.store.Database;
import io.darsena.engine.store.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Finds what of the cache nobody needs, and removes what was shown of it. Whoever works with images
/// holds what it relies on ([Holdings]): that is neither shown nor removed. Safe for use by several threads.
public final class ImagePrune {

    private final Database database;
    private final ImageReader reader;
    private final Holdings holdings;
    private final PartialBlobs partials;
    private final StoredBytes stored;
    private final ImageUsers users;
    private final EventSink events;
    private final Supplier<Set<ImageReference>> awaited;

    /// @param awaited names that something waits to work with
    ImagePrune(
            Database database,
            ImageReader reader,
            Holdings holdings,
            PartialBlobs partials,
            StoredBytes stored,
            ImageUsers users,
            EventSink events,
            Supplier<Set<ImageReference>> awaited) {
        this.database = database;
        this.reader = reader;
        this.holdings = holdings;
        this.partials = partials;
        this.stored = stored;
        this.users = users;
        this.events = events;
        this.awaited = awaited;
    }

    /// All that could go.
    public PrunePlan plan() {
        Set<ImageReference> waiting = awaited.get();
        Map<ImageId, Candidate> candidates = new LinkedHashMap<>();
        Needs needs = database.read(session -> {
            for (Image image : reader.all()) {
                if (use(image.id(), image.manifest(), image.names(), waiting).isEmpty()) {
                    candidates.put(image.id(), candidate(image));
                }
            }
            return Needs.of(session);
        });
        List<Part> parts = new ArrayList<>();
        needs.layers().forEach((layer, needing) -> {
            if (candidates.keySet().containsAll(needing) && !holdings.isHeld(layer)) {
                parts.add(new Part(Kind.LAYER, layer.toString(), stored.of(layer), needing));
            }
        });
        needs.blobs().forEach((blob, needing) -> {
            if (candidates.keySet().containsAll(needing) && !holdings.isHeld(blob)) {
                parts.add(new Part(Kind.BLOB, blob.toString(), stored.of(blob), needing));
            }
        });
        partials.unclaimed()
                .forEach((blob, bytes) ->
                        parts.add(new Part(Kind.DOWNLOAD, blob.toString(), stored.allocated(bytes), Set.of())));
        return new PrunePlan(List.copyOf(candidates.values()), parts);
    }

    private static Candidate candidate(Image image) {
        return new Candidate(image.id(), image.names(), image.createdAt(), image.importedAt(), image.size());
    }

    /// Why an image is not to go. May be called within a transaction.
    private Optional<String> use(ImageId id, Digest manifest, List<ImageReference> names, Set<ImageReference> waiting) {
        List<String> containers = users.usersOf(id);
        if (!containers.isEmpty()) {
            return Optional.of("a container uses it: " + String.join(", ", containers));
        }
        List<String> trashed = users.trashedUsersOf(id);
        if (!trashed.isEmpty()) {
            return Optional.of("a container in the trash uses it: " + String.join(", ", trashed));
        }
        if (holdings.isHeld(id.digest()) || holdings.isHeld(manifest)) {
            return Optional.of("it is just being pulled, saved or pushed");
        }
        return names.stream().anyMatch(waiting::contains) ? Optional.of("it waits to be pushed") : Optional.empty();
    }

    /// What is decided within one transaction.
    private record Decision(Set<ImageId> going, List<LeftOut> leftOut) {}

    /// Removes what the plan shows, as far as it may still go.
    public PruneResult run(PrunePlan plan) {
        Map<Kind, List<Part>> parts = plan.parts().stream().collect(Collectors.groupingBy(Part::kind));
        Set<DiffId> layers = parts.getOrDefault(Kind.LAYER, List.of()).stream()
                .map(part -> DiffId.parse(part.digest()))
                .collect(Collectors.toSet());
        Set<Digest> blobs = digests(parts.getOrDefault(Kind.BLOB, List.of()));
        Set<ImageReference> waiting = awaited.get();
        Decision decision = database.write(session -> {
            Decision made = decide(session, plan, layers, blobs, waiting);
            for (ImageId id : made.going()) {
                ImageRows.delete(session, id);
            }
            IndexRows.deleteUnneeded(session);
            LayerRows.deleteUnneeded(session);
            return made;
        });
        decision.going().forEach(id -> {
            reader.forget(id);
            events.emit(new EngineEvent.ImageRemoved(id, Instant.now()));
        });
        database.makeDurable();
        holdings.removeUnneeded(blobs, layers);
        partials.deleteUnclaimed(digests(parts.getOrDefault(Kind.DOWNLOAD, List.of())));
        return result(plan, decision);
    }

    private static Set<Digest> digests(List<Part> parts) {
        return parts.stream().map(part -> Digest.parse(part.digest())).collect(Collectors.toSet());
    }

    private Decision decide(
            Session session, PrunePlan plan, Set<DiffId> layers, Set<Digest> blobs, Set<ImageReference> waiting)
            throws SQLException {
        Set<ImageId> going = new LinkedHashSet<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (Candidate candidate : plan.images()) {
            Optional<ImageRows.ImageRow> row = ImageRows.find(session, candidate.id());
            if (row.isEmpty()) {
                continue;
            }
            List<ImageReference> names = ImageRows.names(session, candidate.id());
            Optional<String> reason = names.equals(candidate.names())
                    ? use(candidate.id(), row.get().manifest(), names, waiting)
                    : Optional.of("it has other names now");
            reason.ifPresentOrElse(
                    why -> leftOut.add(new LeftOut(called(candidate), why)), () -> going.add(candidate.id()));
        }
        Needs needs = Needs.of(session);
        for (Set<ImageId> more = needs.exceeding(going, layers, blobs);
                !more.isEmpty();
                more = needs.exceeding(going, layers, blobs)) {
            Set<ImageId> staying = new HashSet<>(more);
            going.removeAll(staying);
            plan.images().stream()
                    .filter(candidate -> staying.contains(candidate.id()))
                    .forEach(candidate ->
                            leftOut.add(new LeftOut(called(candidate), "more would go with it now than was shown")));
        }
        return new Decision(going, leftOut);
    }

    private static String called(Candidate candidate) {
        return candidate.names().isEmpty()
                ? candidate.id().shortId()
                : candidate.names().getFirst().familiar();
    }

    /// Counts what is not on the disk any more.
    private PruneResult result(PrunePlan plan, Decision decision) {
        long freed = 0;
        List<LeftOut> leftOut = new ArrayList<>(decision.leftOut());
        for (Part part : plan.parts()) {
            boolean wanted = decision.going().containsAll(part.neededBy());
            if (!stored.isThere(part)) {
                freed += part.bytes();
            } else if (wanted) {
                leftOut.add(new LeftOut(part.digest(), "something that is under way needs it"));
            }
        }
        return new PruneResult(List.copyOf(decision.going()), freed, leftOut);
    }
}
