package io.darsena.app.family;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.Image.Layer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Orders images by descent: an image stands below the one whose layers, all of them, are its lowest. Where several
/// begin with the same layers and no image is just these, the shared layers have a line of their own.
public final class Family {

    /// The largest family first, so that what takes most is seen first; then by name.
    private static final Comparator<Branch> ORDER = Comparator.comparingLong(Branch::total)
            .reversed()
            .thenComparing(branch ->
                    branch.here().isEmpty() ? "" : branch.here().getFirst().displayName())
            .thenComparing(branch -> branch.own().isEmpty()
                    ? ""
                    : branch.own().getFirst().diffId().toString());

    private final List<FamilyRow> rows = new ArrayList<>();
    private final DiskShare.Count listed = new DiskShare.Count();

    private Family() {}

    /// @param here images of just these layers; several differ in their configuration alone
    /// @param own the layers that its parent does not have
    private record Branch(List<Image> here, List<Layer> own, List<Branch> children) {

        long bytes() {
            return own.stream()
                    .mapToLong(each -> each.size() + each.storedSize())
                    .sum();
        }

        long total() {
            return bytes() + children.stream().mapToLong(Branch::total).sum();
        }

        int images() {
            return here.size() + children.stream().mapToInt(Branch::images).sum();
        }
    }

    /// The lines in their order, each image once. The sum of what they add is what the layers of all take on disk.
    public static List<FamilyRow> of(Collection<Image> images) {
        Family family = new Family();
        group(List.copyOf(images), 0).forEach(branch -> family.list(branch, 0, List.of()));
        return List.copyOf(family.rows);
    }

    /// @param images that have the same lowest layers, `from` of them
    private static List<Branch> group(List<Image> images, int from) {
        Map<Optional<DiffId>, List<Image>> byNext = new LinkedHashMap<>();
        for (Image image : images) {
            Optional<DiffId> next = image.layers().size() == from
                    ? Optional.empty()
                    : Optional.of(image.layers().get(from).diffId());
            byNext.computeIfAbsent(next, key -> new ArrayList<>()).add(image);
        }
        return byNext.values().stream()
                .map(kin -> branch(kin, from))
                .sorted(ORDER)
                .toList();
    }

    private static Branch branch(List<Image> kin, int from) {
        int to = commonLayers(kin);
        List<Image> here = kin.stream()
                .filter(image -> image.layers().size() == to)
                .sorted(Comparator.comparing((Image image) -> image.names().isEmpty())
                        .thenComparing(Image::displayName)
                        .thenComparing(image -> image.id().toString()))
                .toList();
        List<Image> further =
                kin.stream().filter(image -> image.layers().size() > to).toList();
        return new Branch(here, kin.getFirst().layers().subList(from, to), group(further, to));
    }

    private static int commonLayers(List<Image> kin) {
        List<Layer> first = kin.getFirst().layers();
        int common = first.size();
        for (Image image : kin) {
            common = Math.min(common, image.layers().size());
            for (int i = 0; i < common; i++) {
                if (!image.layers().get(i).diffId().equals(first.get(i).diffId())) {
                    common = i;
                }
            }
        }
        return common;
    }

    private void list(Branch branch, int depth, List<Layer> below) {
        List<Layer> shared = new ArrayList<>(below);
        shared.addAll(branch.own());
        if (branch.here().isEmpty()) {
            rows.add(row(branch, depth, Optional.empty(), branch.own().size(), shared));
        }
        for (Image image : branch.here()) {
            boolean first = image.equals(branch.here().getFirst());
            int own = first ? branch.own().size() : 0;
            rows.add(row(branch, first ? depth : depth + 1, Optional.of(image), own, image.layers()));
        }
        branch.children().forEach(child -> list(child, depth + 1, shared));
    }

    /// @param all its layers: two images may have the same ones out of different blobs
    private FamilyRow row(Branch branch, int depth, Optional<Image> image, int own, List<Layer> all) {
        boolean twin = image.isPresent() && !image.equals(branch.here().stream().findFirst());
        DiskShare whole = new DiskShare.Count().add(all);
        return new FamilyRow(depth, image, all.size(), own, listed.add(all), whole, twin ? 1 : branch.images());
    }
}
