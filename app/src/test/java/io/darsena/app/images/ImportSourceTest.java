package io.darsena.app.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportSourceTest {

    @TempDir
    Path folder;

    @Test
    void anOciLayoutIsAFolderWithItsTwoFiles() throws IOException {
        Files.writeString(folder.resolve("oci-layout"), "{}");
        assertThat(ImportSource.of(folder)).isInstanceOf(ImportSource.Refused.class);
        Files.writeString(folder.resolve("index.json"), "{}");
        assertThat(ImportSource.of(folder)).isEqualTo(new ImportSource.Layout(folder));
    }

    @Test
    void anArchiveIsKnownByItsContentWhateverItsName() throws IOException {
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        Path plain = Files.write(folder.resolve("image"), tar);
        assertThat(ImportSource.of(plain)).isEqualTo(new ImportSource.Archive(plain));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(tar);
        }
        Path packed = Files.write(folder.resolve("image.bin"), bytes.toByteArray());
        assertThat(ImportSource.of(packed)).isEqualTo(new ImportSource.Archive(packed));
    }

    @Test
    void anyOtherFileIsRefusedWithItsReason() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.tar"), "these are notes");
        assertThat(ImportSource.of(notes)).isEqualTo(new ImportSource.Refused(notes, "import.refused.file"));
        Path empty = Files.createFile(folder.resolve("empty.tar"));
        assertThat(ImportSource.of(empty)).isEqualTo(new ImportSource.Refused(empty, "import.refused.file"));
        Path gone = folder.resolve("gone.tar");
        assertThat(ImportSource.of(gone)).isEqualTo(new ImportSource.Refused(gone, "import.refused.missing"));
    }
}
