package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.runtime.ArchivePlan.Take;
import io.darsena.runtime.protocol.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SocketArchiveTest {

    @TempDir
    Path directory;

    @Test
    void thePlanGoesOverAndTheTarComesBack() throws IOException {
        var plan = new AtomicReference<String>();
        var asked = new AtomicReference<Frame>();
        try (var host = archiverThat(asked, talk -> {
                    plan.set(drain(talk));
                    talk.sendRaw(chunk(1, "first ".getBytes(StandardCharsets.UTF_8)));
                    talk.sendRaw(chunk(1, "second".getBytes(StandardCharsets.UTF_8)));
                    talk.sendRaw(end(Frame.named("archived")
                            .with("entries", 2)
                            .with("bytes", 17)
                            .with("skipped", 1)));
                });
                var runtime = new DarsenaRuntime(host, directory);
                TreeArchive archive =
                        runtime.archive(List.of(Path.of("/a"), Path.of("/b")), ArchiveForm.LAYER, entries -> {
                            entries.add(1, bytes("p q"), bytes("n"), Set.of());
                            entries.add(0, bytes(""), bytes(""), EnumSet.allOf(Take.class));
                            entries.add(0, bytes("a"), bytes("b"), Set.of(Take.AS_PARENT));
                        })) {
            assertThat(archive.tar().readAllBytes()).asString().isEqualTo("first second");
            assertThat(archive.tar().read()).isNegative();
            assertThat(archive.summary()).isEqualTo(new TreeArchive.Summary(2, 17, 1));
        }
        assertThat(plan).hasValue("- 1 p q\0n\0rmpow 0 \0\0p 0 a\0b\0");
        assertThat(asked.get().values("root")).containsExactly("/a", "/b");
        assertThat(asked.get().value("form")).contains("layer");
    }

    @Test
    void aMissingPathIsToldApartFromAMachineThatFails() {
        Frame.Builder missing = ScriptedHost.error("plan", "archive", "a/b", 2, "No such file or directory");
        Frame.Builder broken = ScriptedHost.error("machine", "read", "a/b", 5, "Input/output error");

        assertThatThrownBy(() -> read(talk -> talk.sendRaw(end(missing))))
                .isInstanceOf(PathMissingException.class)
                .hasMessage("archive a/b: No such file or directory");
        assertThatThrownBy(() -> read(talk -> talk.sendRaw(end(broken))))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessage("archive /a: read a/b: Input/output error");
    }

    @Test
    void anArchiverThatDiesOrRavesIsReported() {
        assertThatThrownBy(() -> read(talk -> {}))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessage("archive /a: the archiver broke off: it ended without a word");
        assertThatThrownBy(() ->
                        read(talk -> talk.sendRaw(chunk(1, new byte[100]).limit(50))))
                .hasMessageContaining("it ended inside a chunk");
        assertThatThrownBy(() -> read(talk -> talk.sendRaw(chunk(7, new byte[1]))))
                .hasMessageContaining("unknown kind 7");
        assertThatThrownBy(() -> read(talk ->
                        talk.sendRaw(ByteBuffer.allocate(8).put(0, (byte) 1).putInt(4, -1))))
                .hasMessageContaining("4294967295 bytes");
        assertThatThrownBy(() -> read(talk -> talk.sendRaw(chunk(2, new byte[] {1, 2}))))
                .hasMessageContaining("its last chunk is no frame");
        assertThatThrownBy(() -> read(talk -> talk.sendRaw(end(Frame.named("archived")))))
                .hasMessageContaining("archived lacks entries");
    }

    @Test
    void aNameWithANulIsRefusedBeforeItIsSent() {
        assertThatThrownBy(() ->
                        read(SocketArchiveTest::drain, entries -> entries.add(0, new byte[1], bytes("n"), Set.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHostThatRefusesIsHeard() {
        try (var host = new ScriptedHost(
                        directory,
                        (request, talk) ->
                                talk.answer(request, ScriptedHost.error("", "listen", "/x", 13, "Permission denied")));
                var runtime = new DarsenaRuntime(host, directory)) {
            assertThatThrownBy(() -> runtime.archive(List.of(Path.of("/a")), ArchiveForm.PLAIN, entries -> {}))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessage("listen /x: Permission denied");
        }
    }

    private byte[] read(ScriptedPeer.Script script) throws IOException {
        return read(script, entries -> {});
    }

    private byte[] read(ScriptedPeer.Script script, ArchivePlan plan) throws IOException {
        try (var host = archiverThat(new AtomicReference<>(), script);
                var runtime = new DarsenaRuntime(host, directory);
                TreeArchive archive = runtime.archive(List.of(Path.of("/a")), ArchiveForm.PLAIN, plan)) {
            return archive.tar().readAllBytes();
        }
    }

    private ScriptedHost archiverThat(AtomicReference<Frame> asked, ScriptedPeer.Script script) {
        return new ScriptedHost(directory, (request, talk) -> {
            asked.set(request);
            new ScriptedPeer(Path.of(request.required("socket")), script);
            talk.answer(request, ScriptedHost.ok().with("pid", 1));
        });
    }

    private static ByteBuffer end(Frame.Builder frame) {
        ByteBuffer encoded = frame.build().encode();
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return chunk(2, bytes);
    }

    private static ByteBuffer chunk(int kind, byte[] bytes) {
        return ByteBuffer.allocate(8 + bytes.length)
                .put((byte) kind)
                .putInt(4, bytes.length)
                .position(8)
                .put(bytes)
                .flip();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String drain(ScriptedPeer.Talk talk) throws IOException {
        var all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(65_536);
        while (talk.channel().read(buffer.clear()) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
