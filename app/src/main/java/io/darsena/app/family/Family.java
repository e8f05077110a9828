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

    private Family() {}

    /// @param here images of just these layers; several differ in their configuration alone
    /// @param own the layers that its parent does not have
    private record Branch(List<Image> here, List<Layer> own, List<Branch> children) {

        long bytes() {
            return own.stream().mapToLong(Layer::size).sum();
        }

        long total() {
            return bytes() + children.stream().mapToLong(Branch::total).sum();
        }

        int images() {
            return here.size() + children.stream().mapToInt(Branch::images).sum();
        }
    }

    /// The lines in their order, each image once. The sum of what they add is what all of them take on disk, unpacked,
    /// as far as equal layers lie on equal ones.
    public static List<FamilyRow> of(Collection<Image> images) {
        Family family = new Family();
        group(List.copyOf(images), 0).forEach(branch -> family.list(branch, 0, 0, 0));
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

    private void list(Branch branch, int depth, int layersBelow, long bytesBelow) {
        int layers = layersBelow + branch.own().size();
        long whole = bytesBelow + branch.bytes();
        Optional<Image> first = branch.here().stream().findFirst();
        rows.add(new FamilyRow(depth, first, layers, branch.own().size(), branch.bytes(), whole, branch.images()));
        branch.here().stream()
                .skip(1)
                .forEach(twin -> rows.add(new FamilyRow(depth + 1, Optional.of(twin), layers, 0, 0, whole, 1)));
        branch.children().forEach(child -> list(child, depth + 1, layers, whole));
    }
}
