package io.darsena.app.layers;

import io.darsena.app.screen.FileProperties.Fact;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileListing;
import io.darsena.bridge.layer.FileTree;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// All that a listing tells of one entry, exactly: what the columns of the explorer have no room for.
final class PropertyFacts {

    /// More names of one file nobody reads.
    private static final int MOST_NAMES = 20;

    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int EXECUTE = 1;

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern(" xxx '('VV')'")
            .toFormatter(Locale.ROOT);

    private final Messages messages;
    private final ZoneId zone;

    PropertyFacts(Messages messages, ZoneId zone) {
        this.messages = messages;
        this.zone = zone;
    }

    List<Fact> of(FileListing files, int node) {
        FileKind kind = files.kind(node);
        List<Fact> facts = new ArrayList<>();
        facts.add(fact("kind", messages.text("fileKind." + kind.name())));
        if (kind.isFile() || kind == FileKind.DIRECTORY) {
            facts.add(fact("size", size(files.total(node))));
        }
        facts.add(fact("mode", FileWords.mode(files, node) + "  " + octal(files.mode(node))));
        facts.add(fact("access", access(files.mode(node), kind == FileKind.DIRECTORY)));
        facts.add(
                fact("owner", messages.text("properties.owner.ids", number(files.uid(node)), number(files.gid(node)))));
        facts.add(fact("modified", time(files.modifiedAt(node))));
        if (kind == FileKind.SYMBOLIC_LINK) {
            facts.add(fact("target", PlainText.line(files.link(node))));
        } else if (kind == FileKind.CHARACTER_DEVICE || kind == FileKind.BLOCK_DEVICE) {
            facts.add(fact("device", PlainText.line(files.link(node))));
        }
        if (files instanceof FileTree tree) {
            names(tree, node, facts);
        }
        if (files.layerOf(node) > 0) {
            facts.add(fact("layer", Integer.toString(files.layerOf(node))));
        }
        return facts;
    }

    private Fact fact(String key, String value) {
        return new Fact(messages.text("properties." + key), value);
    }

    private static String number(long id) {
        return Long.toString(id);
    }

    private String size(long bytes) {
        return messages.text(
                "properties.bytes",
                messages.quantities().count(bytes),
                messages.quantities().size(bytes));
    }

    private static String octal(int mode) {
        return String.format(Locale.ROOT, "%04o", mode);
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /// Who may do what, a line each, and what the three special bits mean.
    private String access(int mode, boolean directory) {
        List<String> lines = new ArrayList<>();
        String[] who = {"owner", "group", "others"};
        for (int i = 0; i < who.length; i++) {
            lines.add(messages.text("properties.may." + who[i], may(mode >> 6 - 3 * i, directory)));
        }
        if ((mode & 04000) != 0) {
            lines.add(messages.text("properties.setUid"));
        }
        if ((mode & 02000) != 0) {
            lines.add(messages.text(directory ? "properties.setGid.directory" : "properties.setGid"));
        }
        if ((mode & 01000) != 0) {
            lines.add(messages.text("properties.sticky"));
        }
        return String.join("\n", lines);
    }

    private String may(int bits, boolean directory) {
        List<String> words = new ArrayList<>();
        String suffix = directory ? ".directory" : "";
        if ((bits & READ) != 0) {
            words.add(messages.text("properties.read" + suffix));
        }
        if ((bits & WRITE) != 0) {
            words.add(messages.text("properties.write" + suffix));
        }
        if ((bits & EXECUTE) != 0) {
            words.add(messages.text("properties.execute" + suffix));
        }
        return words.isEmpty() ? messages.text("properties.nothing") : String.join(", ", words);
    }

    /// The other names of a file.
    private void names(FileTree tree, int node, List<Fact> facts) {
        int[] names = tree.names(node);
        if (names.length < 2) {
            return;
        }
        List<String> others = new ArrayList<>(Arrays.stream(names)
                .filter(name -> name != node)
                .limit(MOST_NAMES)
                .mapToObj(name -> PlainText.path(tree.filePath(name)))
                .toList());
        if (names.length - 1 > MOST_NAMES) {
            others.add("…");
        }
        facts.add(fact("names", String.join("\n", others)));
    }
}
