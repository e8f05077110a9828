package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileListing;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// What is said of an entry of a layer.
public final class FileWords {

    private static final int SET_UID = 04000;
    private static final int SET_GID = 02000;
    private static final int STICKY = 01000;

    /// Between two notes about one entry.
    public static final String SEPARATOR = " · ";

    /// The sign of what a later layer hides.
    static final String HIDDEN = "×";

    private final Messages messages;

    public FileWords(Messages messages) {
        this.messages = messages;
    }

    /// A name on one line: what would break it is written as an escape, as `ls` does.
    static String name(FileListing tree, int node) {
        return PlainText.line(tree.name(node));
    }

    /// The sign that tells a change without colour.
    public static String sign(FileChange change) {
        return switch (change) {
            case NONE -> "";
            case ADDED -> "+";
            case CHANGED -> "~";
            case REMOVED -> "−";
        };
    }

    private String size(long bytes) {
        return messages.quantities().size(bytes);
    }

    /// As `ls -l` writes it.
    public static String mode(FileListing tree, int node) {
        int mode = tree.mode(node);
        StringBuilder text = new StringBuilder().append(letter(tree.kind(node)));
        for (int shift = 6; shift >= 0; shift -= 3) {
            int bits = mode >> shift;
            text.append((bits & 4) != 0 ? 'r' : '-')
                    .append((bits & 2) != 0 ? 'w' : '-')
                    .append((bits & 1) != 0 ? 'x' : '-');
        }
        special(text, 3, (mode & SET_UID) != 0, 's');
        special(text, 6, (mode & SET_GID) != 0, 's');
        special(text, 9, (mode & STICKY) != 0, 't');
        return text.toString();
    }

    /// Who owns it by number; `root` is 0 everywhere.
    public static String owner(FileListing tree, int node) {
        return tree.uid(node) == 0 && tree.gid(node) == 0 ? "root" : tree.uid(node) + ":" + tree.gid(node);
    }

    /// Mode, owner and time: their columns are the first that go where there is little room.
    String facts(FileListing tree, int node) {
        return messages.text(
                "explorer.facts",
                mode(tree, node),
                owner(tree, node),
                messages.quantities().dateAndTime(tree.modifiedAt(node)));
    }

    private static void special(StringBuilder text, int at, boolean set, char letter) {
        if (set) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }

    private static char letter(FileKind kind) {
        return switch (kind) {
            case FILE, HARD_LINK -> '-';
            case DIRECTORY -> 'd';
            case SYMBOLIC_LINK -> 'l';
            case CHARACTER_DEVICE -> 'c';
            case BLOCK_DEVICE -> 'b';
            case NAMED_PIPE -> 'p';
        };
    }

    /// Where a link leads, what is special, what the layer did to it, and which later one hides it.
    String note(FileListing tree, int node, OptionalInt hiddenBy) {
        List<String> notes = nature(tree, node);
        if (tree.change(node) == FileChange.REMOVED) {
            notes.add(messages.text("explorer.removed", tree.layerOf(node)));
        } else if (tree.change(node) == FileChange.CHANGED) {
            notes.add(messages.text("explorer.changed"));
        } else if (tree.change(node) == FileChange.NONE
                && tree.kind(node) != FileKind.DIRECTORY
                && tree.layerOf(node) > 0) {
            notes.add(messages.text("explorer.from", tree.layerOf(node)));
        }
        hiddenBy.ifPresent(layer -> notes.add(messages.text("explorer.hidden", layer)));
        if (tree.hasAttributes(node)) {
            notes.add(messages.text("explorer.attributes"));
        }
        return String.join(SEPARATOR, notes);
    }

    /// Where a link leads, and what is special.
    public List<String> nature(FileListing tree, int node) {
        List<String> notes = new ArrayList<>();
        switch (tree.kind(node)) {
            case SYMBOLIC_LINK -> notes.add("→ " + PlainText.line(tree.link(node)));
            case HARD_LINK -> notes.add(messages.text("explorer.hardLink", PlainText.line(tree.link(node))));
            case CHARACTER_DEVICE, BLOCK_DEVICE -> notes.add(messages.text("explorer.device", tree.link(node)));
            case FILE, DIRECTORY, NAMED_PIPE -> {}
        }
        if (tree.isLeftOut(node)) {
            notes.add(messages.text("explorer.leftOut"));
        }
        return notes;
    }

    String spoken(FileListing tree, int node, boolean open) {
        String kind = messages.text("fileKind." + tree.kind(node).name());
        String change = tree.change(node) == FileChange.NONE
                ? ""
                : messages.text("fileChange." + tree.change(node).name());
        String state =
                tree.kind(node) == FileKind.DIRECTORY ? messages.text(open ? "explorer.open" : "explorer.closed") : "";
        return String.join(
                " ",
                List.of(name(tree, node), kind, change, state, size(tree.total(node))).stream()
                        .filter(word -> !word.isEmpty())
                        .toList());
    }
}
