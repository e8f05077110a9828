package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.screen.FileProperties.Fact;
import io.darsena.app.text.Messages;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.FileTreeBuilder;
import io.darsena.bridge.layer.FileTreeBuilder.Facts;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PropertyFactsTest {

    private final FileTreeBuilder builder = new FileTreeBuilder(8);
    private final PropertyFacts facts = new PropertyFacts(Messages.in(Locale.ENGLISH), ZoneId.of("Europe/Rome"));

    PropertyFactsTest() {
        builder.begin(1, true);
    }

    private int put(String name, FileKind kind, int mode, long size) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return builder.put(
                FileTree.ROOT,
                bytes,
                0,
                bytes.length,
                kind,
                new Facts(mode, 1000, 0, size, 1_767_225_600, 5_000_000, false, false));
    }

    private List<Fact> of(int node) {
        return facts.of(builder.build(), node);
    }

    @Test
    void aFileIsToldExactly() {
        assertThat(of(put("tool", FileKind.FILE, 04750, 1_234_567)))
                .containsExactly(
                        new Fact("Kind", "file"),
                        new Fact("Size", "1,234,567 bytes (1.2\u00a0MB)"),
                        new Fact("Mode", "-rwsr-x---  4750"),
                        new Fact(
                                "Access",
                                "Owner: read, write, execute\nGroup: read, execute\nOthers: nothing"
                                        + "\nIt runs as its owner (set-user-id)."),
                        new Fact("Owner", "user 1000, group 0"),
                        new Fact("Modified", "2026-01-01 01:00:00.005 +01:00 (Europe/Rome)"),
                        new Fact("Layer", "1"));
    }

    @Test
    void ofADirectoryTheWordsAreOthers() {
        assertThat(of(put("tmp", FileKind.DIRECTORY, 01777, 0)))
                .contains(new Fact(
                        "Access",
                        "Owner: list, add and remove, enter\nGroup: list, add and remove, enter"
                                + "\nOthers: list, add and remove, enter"
                                + "\nOnly its owner removes what is in it (sticky)."));
    }

    @Test
    void aLinkSaysHarmlesslyWhereItLeads() {
        int link = put("link", FileKind.SYMBOLIC_LINK, 0777, 0);
        byte[] target = "/etc/\u202ea\nb".getBytes(StandardCharsets.UTF_8);
        builder.link(link, target, 0, target.length);
        assertThat(of(link)).contains(new Fact("Leads to", "/etc/\\u202ea\\nb"));
    }

    @Test
    void aFileOfSeveralNamesTellsTheOthers() {
        int one = put("one", FileKind.FILE, 0644, 3);
        int two = put("two\n", FileKind.HARD_LINK, 0644, 3);
        builder.likeTarget(two, one);
        int other = put("other", FileKind.FILE, 0644, 3);
        assertThat(of(one)).contains(new Fact("Other names", "/two\\n"));
        assertThat(of(two)).contains(new Fact("Other names", "/one"));
        assertThat(of(other)).extracting(Fact::name).doesNotContain("Other names");
    }
}
