package io.darsena.docker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpRequestTest {

    private static Optional<byte[]> bytes(String target) {
        return HttpRequest.of(false, "GET", target, Map.of(), InputStream.nullInputStream())
                .bytes("path");
    }

    @Test
    void aValueMayBeAnyBytes() {
        assertThat(bytes("/x?layer=1&path=%2Fa%ff+b%2B=c&z=1").orElseThrow())
                .containsExactly('/', 'a', 0xff, ' ', 'b', '+', '=', 'c');
        assertThat(bytes("/x?path=a&%70ath=b").orElseThrow()).containsExactly('b');
    }

    @Test
    void withoutOneThereAreNone() {
        assertThat(bytes("/path=a")).isEmpty();
        assertThat(bytes("path=a")).isEmpty();
        assertThat(bytes("/x?path=")).isEmpty();
        assertThat(bytes("/x?path")).isEmpty();
    }
}
