package io.darsena.docker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrailerTest {

    private static ChunkedInputStream chunked(String text) {
        return new ChunkedInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void whatIsSaidBehindABodyIsKnownAtItsEnd() throws IOException {
        Map<String, String> trailers = new LinkedHashMap<>();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ChunkedOutputStream out = new ChunkedOutputStream(sent, trailers);
        out.write("harbour".getBytes(StandardCharsets.US_ASCII));
        trailers.put("Darsena-Left-Out", "3");
        out.close();
        assertThat(sent).hasToString("7\r\nharbour\r\n0\r\nDarsena-Left-Out: 3\r\n\r\n");
        ChunkedInputStream in = chunked(sent.toString(StandardCharsets.US_ASCII));
        assertThatThrownBy(in::trailers).isInstanceOf(IllegalStateException.class);
        assertThat(in.readNBytes(7)).asString(StandardCharsets.US_ASCII).isEqualTo("harbour");
        assertThatThrownBy(in::trailers).isInstanceOf(IllegalStateException.class);
        assertThat(in.read()).isNegative();
        assertThat(in.trailers()).isEqualTo(Map.of("darsena-left-out", "3"));
    }

    @Test
    void aBodyWithNothingBehindItHasNoTrailers() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        new ChunkedOutputStream(sent, Map.of()).close();
        assertThat(sent).hasToString("0\r\n\r\n");
        ChunkedInputStream in = chunked("0\r\n\r\n");
        assertThat(in.read()).isNegative();
        assertThat(in.trailers()).isEmpty();
    }

    @Test
    void trailersAreBoundedAsHeadersAre() {
        assertThatThrownBy(
                        () -> chunked("0\r\n" + "a: b\r\n".repeat(101) + "\r\n").read())
                .isInstanceOf(HttpException.class)
                .hasMessageContaining("too many headers");
        assertThatThrownBy(() -> chunked("0\r\nno field\r\n\r\n").read())
                .isInstanceOf(HttpException.class)
                .hasMessageContaining("malformed");
    }
}
