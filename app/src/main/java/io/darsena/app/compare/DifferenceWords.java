package io.darsena.app.compare;

import io.darsena.app.layers.FileWords;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.FileDifference;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.registry.ImagePreview;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// In what two images or containers differ, in words.
final class DifferenceWords {

    private final Messages messages;
    private final FileWords files;

    DifferenceWords(Messages messages) {
        this.messages = messages;
        this.files = new FileWords(messages);
    }

    /// Of an entry: what it was and is; of what has not changed, where a link leads and what is special.
    String note(TreeComparison comparison, int node) {
        Set<FileDifference> differences = comparison.differences(node);
        List<String> notes = new ArrayList<>();
        for (FileDifference difference : differences) {
            notes.add(
                    difference == FileDifference.TIME && differences.size() == 1
                            ? messages.text(comparison.isUncompared(node) ? "compare.timeAlone" : "compare.timeOnly")
                            : note(comparison, node, difference));
        }
        if (!differences.contains(FileDifference.LINK)) {
            notes.addAll(files.nature(comparison, node));
        }
        return String.join(FileWords.SEPARATOR, notes);
    }

    private String note(TreeComparison comparison, int node, FileDifference difference) {
        FileTree before = comparison.before();
        int then = comparison.twin(node);
        return switch (difference) {
            case KIND ->
                messages.text(
                        "compare.was",
                        messages.text("fileKind." + before.kind(then).name()));
            case SIZE -> messages.text("compare.was", messages.quantities().size(before.size(then)));
            case CONTENT -> messages.text("compare.content");
            case MODE -> messages.text("compare.was", FileWords.mode(before, then));
            case OWNER -> messages.text("compare.was", FileWords.owner(before, then));
            case LINK ->
                "→ " + PlainText.line(comparison.link(node)) + ", "
                        + messages.text("compare.was", PlainText.line(before.link(then)));
            case ATTRIBUTES -> messages.text("compare.attributes");
            case TIME -> messages.text("compare.was", messages.quantities().dateAndTime(before.modifiedAt(then)));
        };
    }

    /// All that differs on one line, or that nothing does; empty while files are not known.
    String summary(ComparedPair.BothHere pair, TreeComparison comparison) {
        TreeComparison.Sums sums = comparison.sums();
        if (pair.isOne()) {
            return messages.text("compare.oneImage");
        }
        long config = pair.config().differences();
        if (sums.isNothing() && config == 0) {
            return messages.text("compare.same");
        }
        List<String> parts = new ArrayList<>();
        if (sums.isNothing()) {
            parts.add(messages.text("compare.sameFiles"));
        }
        counted(parts, sums.added(), "compare.added", messages.quantities().growth(sums.addedBytes()));
        counted(parts, sums.removed(), "compare.removed", messages.quantities().growth(-sums.removedBytes()));
        counted(
                parts,
                sums.changed(),
                "compare.changed",
                messages.quantities().growth(sums.changedTo() - sums.changedFrom()));
        counted(parts, sums.directories(), "compare.directories", "");
        if (sums.names() != 0) {
            parts.add(messages.text("compare.names", messages.quantities().growth(sums.names())));
        }
        parts.add(config(config));
        return String.join(FileWords.SEPARATOR, parts);
    }

    /// What a pull would fetch, and what is known to differ without it.
    String summary(ComparedPair.WithUpdate pair) {
        return fetch(pair.update()) + FileWords.SEPARATOR + config(pair.config().differences());
    }

    /// `A pull would fetch 12 MB (3 of 7 layers)`.
    String fetch(ImagePreview update) {
        return update.missing() == 0
                ? messages.text("compare.fetchNothing")
                : messages.text(
                        "compare.fetch",
                        messages.quantities().size(update.missing()),
                        update.layersToFetch(),
                        update.layers().size());
    }

    private String config(long differences) {
        return differences == 0 ? messages.text("compare.sameConfig") : messages.text("compare.config", differences);
    }

    private void counted(List<String> parts, int count, String key, String bytes) {
        if (count > 0) {
            parts.add(messages.text(key, count, bytes));
        }
    }

    /// What is known of the contents of files of equal size from different layers, and of extended
    /// attributes that both have; empty where there are none.
    String contents(TreeComparison comparison) {
        TreeComparison.Contents contents = comparison.sums().contents();
        List<String> sentences = new ArrayList<>();
        if (contents.compared() > 0) {
            sentences.add(messages.text("compare.contents", contents.compared(), contents.differing()));
            told(sentences, contents.uncompared(), "compare.unread");
        } else {
            told(sentences, contents.uncompared(), "compare.uncompared");
        }
        told(sentences, contents.unseen(), "compare.unseen");
        told(sentences, contents.attributes(), "compare.otherAttributes");
        return String.join(" ", sentences);
    }

    private void told(List<String> sentences, int count, String key) {
        if (count > 0) {
            sentences.add(messages.text(key, count));
        }
    }
}
