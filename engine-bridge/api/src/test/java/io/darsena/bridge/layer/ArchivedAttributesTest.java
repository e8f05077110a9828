package io.darsena.bridge.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivedAttributesTest {

    private static byte[] header(char type, String size) {
        byte[] header = new byte[512];
        byte[] digits = size.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, header, 124, digits.length);
        header[156] = (byte) type;
        return header;
    }

    private static byte[] tar(String records) {
        byte[] bytes = records.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        tar.writeBytes(header('x', String.format(Locale.ROOT, "%011o", bytes.length)));
        tar.writeBytes(bytes);
        tar.writeBytes(new byte[(512 - bytes.length % 512) % 512]);
        tar.writeBytes(header('0', "00000000000"));
        return tar.toByteArray();
    }

    /// Of a length of two digits.
    private static String record(String said) {
        return said.length() + 4 + " " + said + "\n";
    }

    private static List<ExtendedAttribute> read(byte[] tar) throws IOException {
        return ArchivedAttributes.read(new ByteArrayInputStream(tar));
    }

    @Test
    void valuesAreTheirVeryBytes() throws Exception {
        String records =
                record("mtime=1234.5") + record("SCHILY.xattr.user.b=1\n2=") + record("SCHILY.xattr.user.a=\u00ff\0");
        assertThat(read(tar(records)))
                .containsExactly(
                        new ExtendedAttribute("user.a", new byte[] {(byte) 0xff, 0}),
                        new ExtendedAttribute("user.b", new byte[] {'1', '\n', '2', '='}));
    }

    @Test
    void anEntryWithoutAHeaderHasNone() throws Exception {
        assertThat(read(header('5', "00000000000"))).isEmpty();
        assertThat(read(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"99 SCHILY.xattr.user.a=1\n", "0 a=1\n", "x", "5a=1\n", "99999999999 a=1\n"})
    void recordsThatSayNoProperLengthAreRefused(String records) {
        assertThatThrownBy(() -> read(tar(records))).isInstanceOf(IOException.class);
    }

    @Test
    void aHeaderLargerThanAllAttributesIsRefused() {
        assertThatThrownBy(() -> read(header('x', "77777777777"))).isInstanceOf(IOException.class);
    }
}
