package io.darsena.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.layer.ExtendedAttribute;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AttributeWordsTest {

    private static String of(String name, byte[] value) {
        return AttributeWords.of(new ExtendedAttribute(name, value));
    }

    private static String text(String value) {
        return of("user.note", value.getBytes(StandardCharsets.UTF_8));
    }

    private static String capability(String hex) {
        return of("security.capability", HexFormat.of().parseHex(hex));
    }

    @Test
    void aTextIsAsItIs() {
        assertThat(text("città")).isEqualTo("città");
        assertThat(text("")).isEmpty();
        assertThat(text("system_u:object_r:bin_t:s0\0")).isEqualTo("system_u:object_r:bin_t:s0");
    }

    @Test
    void whatIsNoPlainTextIsBytes() {
        assertThat(text("a\u202eb")).isEqualTo("61 e2 80 ae 62");
        assertThat(of("user.a", new byte[] {'a', 0, '='})).isEqualTo("61 00 3d");
        assertThat(of("user.a", new byte[] {0})).isEqualTo("00");
        assertThat(of("user.a", new byte[2000])).hasSize(512 * 3 - 1 + 2).endsWith("00 …");
    }

    @Test
    void capabilitiesAreWrittenAsGetcapDoes() {
        assertThat(capability("0100000200040000000000000000000000000000")).isEqualTo("cap_net_bind_service=ep");
        assertThat(capability("0000000200240000002000000000000000000000"))
                .isEqualTo("cap_net_raw=ip cap_net_bind_service=p");
        assertThat(capability("010000030000000000000000010000000000000086010000"))
                .isEqualTo("cap_mac_override=ep [rootid=390]");
        assertThat(capability("0100000900")).as("of no known revision").isEqualTo("01 00 00 09 00");
    }
}
