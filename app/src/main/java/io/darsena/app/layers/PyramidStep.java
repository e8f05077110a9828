package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import io.darsena.bridge.layer.LayerStep;
import java.util.List;

/// A step of an image, as the pyramid shows it.
///
/// @param layers how many the image has
/// @param width from 0 to 1: the square root of its size over that of the largest, so that small ones can be told apart
/// @param share of the image's bytes, from 0 to 1
/// @param sharedWith names of the other images that have this layer, sorted
public record PyramidStep(LayerStep step, int layers, double width, double share, List<String> sharedWith) {

    private static final int ID_DIGITS = 12;

    public PyramidStep {
        sharedWith = List.copyOf(sharedWith);
    }

    /// The layer's number, the lowest being 1; 0 for a step that changed the configuration alone.
    public int layer() {
        return step.layer().orElse(0);
    }

    public boolean isShared() {
        return !sharedWith.isEmpty();
    }

    /// The beginning of the layer's diff-id; empty for a step without a layer.
    String shortDiffId() {
        return step.diffId()
                .map(id -> id.digest().hex().substring(0, ID_DIGITS))
                .orElse("");
    }

    /// The instruction, or that there is none.
    String words(Messages messages) {
        return instruction().isEmpty() ? messages.text("layers.unknown") : instruction();
    }

    /// The instruction as a Dockerfile has it: without the shell that a builder has put before it.
    public String instruction() {
        return instruction(step.instruction());
    }

    /// As [#instruction()], of what a history says.
    public static String instruction(String createdBy) {
        String words = createdBy.strip();
        if (words.startsWith("/bin/sh -c #(nop) ")) {
            return words.substring("/bin/sh -c #(nop) ".length()).strip();
        }
        if (words.startsWith("/bin/sh -c ")) {
            return "RUN " + words.substring("/bin/sh -c ".length()).strip();
        }
        if (words.startsWith("RUN /bin/sh -c ")) {
            words = "RUN " + words.substring("RUN /bin/sh -c ".length());
        }
        return words.endsWith("# buildkit")
                ? words.substring(0, words.length() - "# buildkit".length()).strip()
                : words;
    }
}
