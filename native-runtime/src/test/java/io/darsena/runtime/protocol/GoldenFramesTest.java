package io.darsena.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads `protocol/cases`: raw frames, each beside the same fields one a line. The C side's tests read them as well.
class GoldenFramesTest {

    private static final Path CASES = Path.of("protocol", "cases");

    static Stream<Path> cases() throws IOException {
        return framesIn(CASES);
    }

    static Stream<Path> rejected() throws IOException {
        return framesIn(CASES.resolve("rejected"));
    }

    private static Stream<Path> framesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".frame")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aGoldenFrameHoldsTheFieldsBesideItAndIsWrittenTheSame(Path file) throws IOException {
        byte[] raw = Files.readAllBytes(file);
        Path text = file.resolveSibling(file.getFileName().toString().replace(".frame", ".txt"));
        List<String> lines =
                Files.readString(text, StandardCharsets.UTF_8).lines().toList();

        ByteBuffer bytes = ByteBuffer.wrap(raw);
        assertThat(bytes.getInt()).isEqualTo(raw.length - 4);
        Frame frame = Frame.decode(bytes.slice());

        assertThat(frame.name()).isEqualTo(lines.getFirst());
        assertThat(frame.fields().stream().map(field -> field.key() + "=" + field.value()))
                .containsExactlyElementsOf(lines.subList(1, lines.size()));
        assertThat(frame.encode().array()).isEqualTo(raw);
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void whatNoReceiverMayAcceptIsRefused(Path file) throws IOException {
        var decoder = new FrameDecoder();
        decoder.readFrom(Channels.newChannel(new ByteArrayInputStream(Files.readAllBytes(file))));

        assertThatThrownBy(decoder::next)
                .as(Files.readString(
                        file.resolveSibling(file.getFileName().toString().replace(".frame", ".txt"))))
                .isInstanceOf(MalformedFrameException.class);
    }
}
