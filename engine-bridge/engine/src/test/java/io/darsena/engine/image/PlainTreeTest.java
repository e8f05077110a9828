package io.darsena.engine.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.runtime.ArchiveForm;
import io.darsena.runtime.ArchivePlan;
import io.darsena.runtime.ArchivePlan.Take;
import io.darsena.runtime.ContainerRuntime.TreeListing;
import io.darsena.runtime.LayerExtraction;
import io.darsena.runtime.PathMissingException;
import io.darsena.runtime.TreeArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The double lists and archives as the runtime does, as far as it goes.
class PlainTreeTest {

    @TempDir
    Path directory;

    private final TarRuntime runtime = new TarRuntime();

    @Test
    void whatIsArchivedAndUnpackedIsListedAlike() throws IOException {
        Path tree = directory.resolve("tree");
        Files.createDirectories(tree.resolve("d"));
        Files.writeString(tree.resolve("d/file"), "12345");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("d/file"));

        TreeListing listing = runtime.list(tree, directory.resolve("listed"));
        TreeArchive archive = runtime.archive(List.of(tree), ArchiveForm.PLAIN, plan("", "", Take.RECURSIVELY));
        Path again = Files.createDirectory(directory.resolve("again"));
        LayerExtraction extraction = runtime.extract(again, directory.resolve("index"));
        archive.tar().transferTo(extraction.sink());
        extraction.finish();

        assertThat(listing).isEqualTo(new TreeListing(4, 5, 0));
        assertThat(archive.summary()).isEqualTo(new TreeArchive.Summary(3, 5, 0));
        assertThat(again.resolve("d/file")).hasContent("12345");
        assertThat(Files.readSymbolicLink(again.resolve("link"))).isEqualTo(Path.of("d/file"));
        assertThat(Files.readAllLines(directory.resolve("listed")))
                .extracting(line -> line.charAt(0) + " " + line.split("\t", -1)[7])
                .containsExactly("d .", "d d", "f d/file", "l link");
    }

    @Test
    void aMissingPathIsAFailureUnlessItMayBeMissing() throws IOException {
        TreeArchive archive = runtime.archive(List.of(directory), ArchiveForm.PLAIN, plan("a", "a", Take.IF_PRESENT));
        archive.tar().transferTo(OutputStream.nullOutputStream());
        assertThat(archive.summary()).isEqualTo(new TreeArchive.Summary(0, 0, 1));

        TreeArchive failing = runtime.archive(List.of(directory), ArchiveForm.PLAIN, plan("a", "a", Take.RECURSIVELY));
        assertThatThrownBy(() -> failing.tar().readAllBytes()).isInstanceOf(PathMissingException.class);
    }

    private static ArchivePlan plan(String path, String name, Take how) {
        return entries -> entries.add(0, path.getBytes(UTF_8), name.getBytes(UTF_8), Set.of(how));
    }
}
