package io.darsena.bridge.fake;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.disk.Disk;
import io.darsena.bridge.disk.PrunePlan;
import io.darsena.bridge.disk.PrunePlan.Candidate;
import io.darsena.bridge.disk.PrunePlan.Kind;
import io.darsena.bridge.disk.PrunePlan.Part;
import io.darsena.bridge.disk.PruneResult;
import io.darsena.bridge.disk.PruneResult.LeftOut;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The disk of a [FakeEngine]: a layer takes what it says, a manifest with its configuration [#DOCUMENTS].
public final class FakeDisk implements Disk {

    static final long DOCUMENTS = 8192;

    private final FakeEngine engine;
    private final Map<String, Long> downloads = new LinkedHashMap<>();

    FakeDisk(FakeEngine engine) {
        this.engine = engine;
    }

    /// Leaves so many bytes of a download that was broken off.
    public synchronized void leave(String what, long bytes) {
        downloads.put(FakeImages.digest(what).toString(), bytes);
    }

    private boolean isUsed(Image image) {
        boolean waits = engine.sync().report().pushes().stream()
                .anyMatch(push -> image.names().contains(push.name()));
        return waits
                || !engine.trash().usersOf(image.id()).isEmpty()
                || engine.containers().list().stream()
                        .anyMatch(container -> container.image().equals(image.id()));
    }

    private static Map<String, Part> parts(Image image) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (Image.Layer layer : image.layers()) {
            String diffId = layer.diffId().toString();
            String blob = layer.blob().toString();
            parts.put("layer " + diffId, new Part(Kind.LAYER, diffId, layer.size(), Set.of(image.id())));
            parts.put("blob " + blob, new Part(Kind.BLOB, blob, layer.storedSize(), Set.of(image.id())));
        }
        String manifest = image.manifest().toString();
        parts.put("blob " + manifest, new Part(Kind.BLOB, manifest, DOCUMENTS, Set.of(image.id())));
        return parts;
    }

    @Override
    public synchronized PrunePlan prunable() {
        List<Image> all = engine.images().list();
        Map<String, Part> parts = new LinkedHashMap<>();
        all.forEach(image -> parts(image).forEach((key, part) -> parts.merge(key, part, FakeDisk::sum)));
        List<Candidate> candidates = all.stream()
                .filter(image -> !isUsed(image))
                .map(image ->
                        new Candidate(image.id(), image.names(), image.createdAt(), image.importedAt(), image.size()))
                .toList();
        Set<ImageId> going = candidates.stream().map(Candidate::id).collect(Collectors.toSet());
        List<Part> shown = new ArrayList<>(parts.values().stream()
                .filter(part -> going.containsAll(part.neededBy()))
                .toList());
        downloads.forEach((digest, bytes) -> shown.add(new Part(Kind.DOWNLOAD, digest, bytes, Set.of())));
        return new PrunePlan(candidates, shown);
    }

    private static Part sum(Part one, Part other) {
        Set<ImageId> all = new LinkedHashSet<>(one.neededBy());
        all.addAll(other.neededBy());
        return new Part(one.kind(), one.digest(), one.bytes(), all);
    }

    @Override
    public synchronized PruneResult prune(PrunePlan plan) {
        engine.failIfAsked("prune");
        List<ImageId> gone = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (Candidate candidate : plan.images()) {
            String called = candidate.names().isEmpty()
                    ? candidate.id().shortId()
                    : candidate.names().getFirst().familiar();
            refusal(candidate).ifPresentOrElse(reason -> leftOut.add(new LeftOut(called, reason)), () -> {
                engine.images().remove(candidate.id());
                gone.add(candidate.id());
            });
        }
        long freed = plan.parts().stream()
                .filter(part -> gone.containsAll(part.neededBy()))
                .mapToLong(Part::bytes)
                .sum();
        plan.parts().stream()
                .filter(part -> part.neededBy().isEmpty())
                .forEach(part -> downloads.remove(part.digest()));
        return new PruneResult(gone, freed, leftOut);
    }

    private Optional<String> refusal(Candidate candidate) {
        Optional<Image> now = engine.images().find(candidate.id().toString());
        if (now.filter(this::isUsed).isPresent()) {
            return Optional.of("a container uses it");
        }
        return now.filter(image -> image.names().equals(candidate.names())).isPresent()
                ? Optional.empty()
                : Optional.of("it has other names now");
    }

    @Override
    public Map<ContainerId, Long> containers() {
        return engine.containers().list().stream().collect(Collectors.toMap(Container::id, container -> 4096L));
    }
}
