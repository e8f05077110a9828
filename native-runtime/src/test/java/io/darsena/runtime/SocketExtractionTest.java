package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.runtime.protocol.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SocketExtractionTest {

    private static final String DIFF_ID = "sha256:" + "ab".repeat(32);
    private static final String BLOB = "sha256:" + "cd".repeat(32);

    @TempDir
    Path directory;

    @Test
    void theBytesGoOverAndTheResultComesBack() throws IOException {
        var received = new AtomicLong();
        try (var runtime = new DarsenaRuntime(
                        extractorThat(talk -> {
                            received.set(drain(talk));
                            talk.send(
                                    Frame.named("received").with("digest", BLOB).with("size", 900_001));
                            talk.send(Frame.named("extracted")
                                    .with("diff-id", DIFF_ID)
                                    .with("compressed-size", 1)
                                    .with("size", 10240)
                                    .with("entries", 3)
                                    .with("bytes", 17)
                                    .with("compression", "gzip")
                                    .with("skipped", "device:dev/null")
                                    .with("skipped", "device:dev/tty"));
                        }),
                        directory);
                LayerExtraction extraction = runtime.extract(directory.resolve("t"), directory.resolve("i"))) {
            extraction.sink().write(new byte[1_000_000], 10, 900_000);
            extraction.sink().write(1);

            LayerExtraction.Result result = extraction.finish();

            assertThat(received).hasValue(900_001);
            assertThat(result.blob()).isEqualTo(BLOB);
            assertThat(result.diffId()).isEqualTo(DIFF_ID);
            assertThat(result.tarBytes()).isEqualTo(10240);
            assertThat(result.contentBytes()).isEqualTo(17);
            assertThat(result.entries()).isEqualTo(3);
            assertThat(result.skipped()).containsExactly("device:dev/null", "device:dev/tty");
        }
    }

    @Test
    void aLayerRefusedInTheMiddleFailsTheWrite() {
        try (var runtime = new DarsenaRuntime(
                        extractorThat(talk -> talk.send(
                                ScriptedHost.error("layer", "extract", "../x", 0, "its path leaves the layer"))),
                        directory);
                LayerExtraction extraction = runtime.extract(directory.resolve("t"), directory.resolve("i"))) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            extraction.sink().write(new byte[65_536]);
                        }
                    })
                    .isInstanceOf(LayerRejectedException.class)
                    .hasMessage("extract ../x: its path leaves the layer");
        }
    }

    @Test
    void anAnswerBeforeTheLayersEndIsNotBelieved() {
        try (var runtime = new DarsenaRuntime(
                        extractorThat(talk -> {
                            drain(talk);
                            talk.send(Frame.named("extracted").with("diff-id", DIFF_ID));
                        }),
                        directory);
                LayerExtraction extraction = runtime.extract(directory.resolve("t"), directory.resolve("i"))) {
            assertThatThrownBy(extraction::finish)
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining("before the layer's end");
        }
    }

    @Test
    void aFullDiskIsNotTheLayersFault() {
        try (var runtime = new DarsenaRuntime(
                        extractorThat(talk -> {
                            drain(talk);
                            talk.send(ScriptedHost.error("machine", "write", "a", 28, "No space left on device"));
                        }),
                        directory);
                LayerExtraction extraction = runtime.extract(directory.resolve("t"), directory.resolve("i"))) {
            assertThatThrownBy(extraction::finish)
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessage("write a: No space left on device");
        }
    }

    @Test
    void anExtractorThatDiesIsReported() {
        try (var runtime = new DarsenaRuntime(extractorThat(talk -> {}), directory);
                LayerExtraction extraction = runtime.extract(directory.resolve("t"), directory.resolve("i"))) {
            assertThatThrownBy(extraction::finish)
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining("ended without a word");
        }
    }

    private ScriptedHost extractorThat(ScriptedPeer.Script script) {
        return new ScriptedHost(directory, (request, talk) -> {
            new ScriptedPeer(Path.of(request.required("socket")), script);
            talk.answer(request, ScriptedHost.ok().with("pid", 1));
        });
    }

    private static long drain(ScriptedPeer.Talk talk) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(65_536);
        long total = 0;
        for (int count = 0; count >= 0; count = talk.channel().read(buffer.clear())) {
            total += count;
        }
        return total;
    }
}
