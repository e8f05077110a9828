package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.DockerfileLines;
import io.darsena.bridge.layer.Duplicates.Copy;
import io.darsena.bridge.layer.FilePath;
import java.util.List;
import java.util.Optional;

/// What is said of what an image or a container wastes: who brought it, why it is wasted, and what mends it.
final class WasteWords {

    private static final int MOST_COPIES = 20;

    private final Messages messages;
    private final List<PyramidStep> steps;

    /// @param steps those that it is made of, as they are when something is said
    WasteWords(Messages messages, List<PyramidStep> steps) {
        this.messages = messages;
        this.steps = steps;
    }

    String kind(WasteRow row) {
        return messages.text("waste.kind." + row.kind().name());
    }

    String broughtBy(WasteRow row) {
        return step(row.broughtBy());
    }

    /// Why these bytes are wasted.
    String why(WasteRow row) {
        return switch (row) {
            case WasteRow.OfHidden(var hidden, boolean rewritten) ->
                messages.text(
                        hidden.removed() ? "waste.removedBy" : rewritten ? "waste.rewrittenBy" : "waste.overwrittenBy",
                        step(hidden.hiddenBy()));
            case WasteRow.OfGroup(var group) ->
                messages.text(
                        "waste.sameAs", PlainText.path(group.copies().getFirst().path()), group.count() - 2);
            case WasteRow.OfCache(var cache) -> messages.text("waste.cacheFiles", cache.files());
        };
    }

    /// What usually mends it.
    String hint(WasteRow row) {
        return switch (row) {
            case WasteRow.OfHidden(var hidden, boolean rewritten)
            when isWritable(hidden.hiddenBy()) ->
                messages.text(hidden.removed() ? "waste.hint.removedHere" : "waste.hint.overwrittenHere");
            case WasteRow.OfHidden(var hidden, boolean rewritten) ->
                messages.text(
                        hidden.removed()
                                ? "waste.hint.removed"
                                : rewritten ? "waste.hint.rewritten" : "waste.hint.overwritten");
            case WasteRow.OfGroup(var group) ->
                messages.text(isWritable(row.broughtBy()) ? "waste.hint.duplicateHere" : "waste.hint.duplicate");
            case WasteRow.OfCache(var cache)
            when isWritable(cache.broughtBy()) -> messages.text("waste.hint.cacheHere");
            case WasteRow.OfCache(var cache) -> messages.text("waste.hint.cache", PlainText.path(cache.path()));
        };
    }

    /// Words for a Dockerfile that mend it, or for the container whose own it is; empty where none fit.
    String cure(WasteRow row) {
        return switch (row) {
            case WasteRow.OfHidden(var hidden, boolean rewritten) ->
                rewritten && !isWritable(hidden.hiddenBy()) ? "COPY --chown=USER:GROUP --chmod=MODE …" : "";
            case WasteRow.OfGroup(var group) -> link(group.copies().getFirst().path(), row.path());
            case WasteRow.OfCache(var cache) ->
                (isWritable(cache.broughtBy()) ? "" : "&& ") + cache.cache().cleaning();
        };
    }

    /// Empty where a path would break the line.
    private static String link(FilePath to, FilePath path) {
        String words = "ln -sf " + quoted(to) + " " + quoted(path);
        return PlainText.isPlain(words) && words.indexOf('\ufffd') < 0 ? words : "";
    }

    private static String quoted(FilePath path) {
        String whole = "/" + path;
        return whole.matches("[A-Za-z0-9/._+@:=,-]*") ? whole : "'" + whole.replace("'", "'\\''") + "'";
    }

    /// Where the copies lie, a line each; empty for what has none.
    String copies(WasteRow row) {
        if (!(row instanceof WasteRow.OfGroup(var group))) {
            return "";
        }
        StringBuilder lines = new StringBuilder();
        for (Copy copy : group.copies().stream().limit(MOST_COPIES).toList()) {
            lines.append(messages.text("waste.copy", PlainText.path(copy.path()), copy.layer()))
                    .append('\n');
        }
        int more = group.count() - Math.min(group.copies().size(), MOST_COPIES);
        return lines.append(more > 0 ? messages.text("waste.moreCopies", more) : "")
                .toString()
                .strip();
    }

    /// The instruction of the layer that brought it; empty for what a container has written, which none has
    /// made.
    String instruction(WasteRow row) {
        return of(row.broughtBy())
                .filter(step -> !step.isWritable())
                .map(step -> step.words(messages))
                .orElse("");
    }

    /// The lines of the Dockerfile that asked for the layer that brought it.
    Optional<DockerfileLines> lines(WasteRow row) {
        return of(row.broughtBy()).flatMap(step -> step.step().lines());
    }

    private Optional<PyramidStep> of(int layer) {
        return steps.stream().filter(step -> step.layer() == layer).findFirst();
    }

    private boolean isWritable(int layer) {
        return of(layer).filter(PyramidStep::isWritable).isPresent();
    }

    /// The layer's number, where it was asked for, and what made it; or that a container did.
    private String step(int layer) {
        if (isWritable(layer)) {
            return messages.text("waste.own");
        }
        Optional<PyramidStep> found = of(layer);
        String place = found.map(step -> step.place(messages)).orElse("");
        String words = found.map(PyramidStep::instruction).map(PlainText::line).orElse("");
        if (place.isEmpty()) {
            return words.isEmpty() ? messages.text("waste.layer", layer) : messages.text("waste.step", layer, words);
        }
        return words.isEmpty()
                ? messages.text("waste.layerAt", layer, place)
                : messages.text("waste.stepAt", layer, place, words);
    }
}
