package io.darsena.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.LogRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StreamFrameTest {

    private static final LogRecord RECORD = new LogRecord(
            Instant.parse("2026-05-01T10:00:00Z"),
            LogRecord.Stream.STDOUT,
            false,
            "hello".getBytes(StandardCharsets.UTF_8));

    private static String text(boolean timestamps, boolean details) {
        byte[] frame = StreamFrame.of(RECORD, timestamps, details);
        return new String(Arrays.copyOfRange(frame, 8, frame.length), StandardCharsets.UTF_8);
    }

    @Test
    void aTimeHasNineDigitsOfASecond() {
        assertThat(text(true, false)).isEqualTo("2026-05-01T10:00:00.000000000Z hello\n");
        assertThat(text(false, false)).isEqualTo("hello\n");
    }

    @Test
    void detailsAreNoneAndASpace() {
        assertThat(text(true, true)).isEqualTo("2026-05-01T10:00:00.000000000Z  hello\n");
        assertThat(text(false, true)).isEqualTo(" hello\n");
    }

    @Test
    void whatIsWrittenWithItsTimeIsReadBack() throws IOException {
        LogRecord read = StreamFrame.read(new ByteArrayInputStream(StreamFrame.of(RECORD, true, false)))
                .orElseThrow();
        assertThat(read.at()).isEqualTo(RECORD.at());
        assertThat(read.text()).isEqualTo(RECORD.text());
    }
}
