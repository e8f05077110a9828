package io.darsena.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameTest {

    @Test
    void aFrameIsItsLengthAndFieldsEndedByNul() {
        Frame frame = Frame.named("ping").with("seq", 7).with("text", "a=b").build();

        ByteBuffer bytes = frame.encode();

        assertThat(bytes.getInt()).isEqualTo("ping\0seq=7\0text=a=b\0".length());
        assertThat(StandardCharsets.UTF_8.decode(bytes).toString()).isEqualTo("ping\0seq=7\0text=a=b\0");
    }

    @Test
    void whatIsWrittenIsReadAgainHoweverItIsCut() throws IOException {
        Frame first =
                Frame.named("start").withAll("arg", List.of("sh", "", "è\n=")).build();
        Frame second = Frame.named("ping").build();
        byte[] stream = concatenated(first, second);

        for (int piece = 1; piece < stream.length; piece++) {
            assertThat(decoded(stream, piece)).containsExactly(first, second);
        }
    }

    @Test
    void aFrameOfTheLongestPayloadIsReadAndALongerOneIsNotWritten() throws IOException {
        int room = Frame.MAX_PAYLOAD - "n\0k=\0".length();
        Frame longest = Frame.named("n").with("k", "x".repeat(room)).build();

        assertThat(decoded(longest.encode().array(), 60_000)).containsExactly(longest);
        Frame tooLong = Frame.named("n").with("k", "x".repeat(room + 1)).build();
        assertThatThrownBy(tooLong::encode).hasMessageContaining("1048577");
    }

    @Test
    void aMessageMayLackFieldsButSaysWhich() {
        Frame frame = Frame.named("running")
                .with("pid", "twelve")
                .with("run", "99999999999")
                .build();

        assertThat(frame.value("step")).isEmpty();
        assertThatThrownBy(() -> frame.required("step")).hasMessage("running lacks step");
        assertThatThrownBy(() -> frame.number("pid")).hasMessageContaining("'twelve'");
        assertThatThrownBy(() -> frame.integer("run")).hasMessageContaining("out of range");
    }

    @Test
    void bytesThatAreNoFrameAreRefused() {
        assertRefused(bytes(0, 0, 0, 0));
        assertRefused(bytes(0, 16, 0, 1));
        assertRefused(bytes(0xff, 0xff, 0xff, 0xff));
        assertRefused(framed("ping"));
        assertRefused(framed("\0"));
        assertRefused(framed("a=b\0"));
        assertRefused(framed("ping\0seq\0"));
        assertRefused(framed("ping\0=7\0"));
        assertRefused(framed("ping\0\0"));
    }

    @Test
    void whatTheProtocolCannotCarryIsNotSent() {
        assertThatThrownBy(() -> Frame.named("n").with("k", "a\0b")).isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(() -> Frame.named("n").with("k=", "a")).isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(() -> Frame.named("").build()).isInstanceOf(MalformedFrameException.class);
        Frame unpaired = Frame.named("n").with("k", "\ud800").build();
        assertThatThrownBy(unpaired::encode).isInstanceOf(MalformedFrameException.class);
    }

    private static void assertRefused(byte[] stream) {
        assertThatThrownBy(() -> decoded(stream, stream.length)).isInstanceOf(MalformedFrameException.class);
    }

    private static List<Frame> decoded(byte[] stream, int piece) throws IOException {
        var frames = new ArrayList<Frame>();
        var decoder = new FrameDecoder();
        for (int start = 0; start < stream.length; start += piece) {
            int length = Math.min(piece, stream.length - start);
            ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(stream, start, length));
            while (decoder.readFrom(channel) > 0) {
                Optional<Frame> frame;
                while ((frame = decoder.next()).isPresent()) {
                    frames.add(frame.get());
                }
            }
        }
        assertThat(decoder.isInsideFrame()).isFalse();
        return frames;
    }

    private static byte[] concatenated(Frame... frames) {
        ByteBuffer all = ByteBuffer.allocate(4096);
        for (Frame frame : frames) {
            all.put(frame.encode());
        }
        byte[] stream = new byte[all.position()];
        all.flip().get(stream);
        return stream;
    }

    private static byte[] framed(String payload) {
        byte[] text = payload.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + text.length)
                .putInt(text.length)
                .put(text)
                .array();
    }

    private static byte[] bytes(int... values) {
        byte[] all = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            all[i] = (byte) values[i];
        }
        return all;
    }
}
