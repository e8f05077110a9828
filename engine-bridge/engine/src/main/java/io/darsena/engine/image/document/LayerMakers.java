package io.darsena.engine.image.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds which step of a build made each layer of an image, by the layers that there were after each. For one thread.
final class LayerMakers {

    private final List<String> image;
    private final Set<String> bases;
    private final Map<Integer, String> byCount = new HashMap<>();

    /// Of several steps that end with the same layer nobody knows which one it was: empty.
    private final Map<String, Optional<String>> byLast = new HashMap<>();

    private String base = "";
    private int ofBase;

    /// @param image its layers, lowest first
    /// @param bases steps that are images: one brings all its layers at once
    LayerMakers(List<String> image, Set<String> bases) {
        this.image = image;
        this.bases = bases;
    }

    /// Of steps after which there were the same layers the first one counts.
    ///
    /// @param chain the layers after a step, lowest first
    void add(String step, List<String> chain) {
        int count = chain.size();
        if (count == 0) {
            return;
        }
        boolean below = count <= image.size() && image.subList(0, count).equals(chain);
        if (bases.contains(step)) {
            if (below && count > ofBase) {
                base = step;
                ofBase = count;
            }
            return;
        }
        if (below) {
            byCount.putIfAbsent(count, step);
        }
        byLast.merge(
                chain.getLast(), Optional.of(step), (before, now) -> before.equals(now) ? before : Optional.empty());
    }

    /// One a layer. What an image lies on whole came with it, and so did what lies below it.
    List<Optional<String>> found() {
        List<Optional<String>> found = new ArrayList<>();
        for (int count = 1; count <= image.size(); count++) {
            String maker = byCount.get(count);
            if (count <= ofBase) {
                found.add(Optional.of(base));
            } else if (maker != null) {
                found.add(Optional.of(maker));
            } else {
                found.add(byLast.getOrDefault(image.get(count - 1), Optional.empty()));
            }
        }
        return found;
    }
}
