package io.darsena.bridge.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.layer.ArchivedEntries.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivedEntriesTest {

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    private ArchivedEntriesTest add(char type, String name, String content) {
        return add(type, name, content, content.length());
    }

    private ArchivedEntriesTest add(char type, String name, String content, int size) {
        byte[] header = new byte[512];
        byte[] digits = String.format(Locale.ROOT, "%011o", size).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name.getBytes(StandardCharsets.UTF_8), 0, header, 0, name.length());
        System.arraycopy(digits, 0, header, 124, digits.length);
        header[156] = (byte) type;
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        tar.writeBytes(header);
        tar.writeBytes(bytes);
        tar.writeBytes(new byte[(512 - bytes.length % 512) % 512]);
        return this;
    }

    private ArchivedEntries entries() {
        return new ArchivedEntries(new ByteArrayInputStream(tar.toByteArray()));
    }

    /// It says its own length, too.
    private static String record(String said) {
        int rest = said.length() + 2;
        int length = rest + Integer.toString(rest + 2).length();
        return length + " " + said + "\n";
    }

    private static ExtendedAttribute attribute(String name, int... value) {
        byte[] bytes = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            bytes[i] = (byte) value[i];
        }
        return new ExtendedAttribute(name, bytes);
    }

    @Test
    void eachEntryHasItsOwnAttributesAndBytes() throws Exception {
        add('x', "pax", record("SCHILY.xattr.user.a=\u00ff\0"))
                .add('0', "1", "x".repeat(700))
                .add('5', "2/", "")
                .add('x', "pax", record("SCHILY.xattr.user.b=2"))
                .add('0', "3", "three")
                .add('1', "4", "");
        tar.writeBytes(new byte[1024]);
        ArchivedEntries entries = entries();
        Entry first = entries.next().orElseThrow();
        assertThat(first).isEqualTo(new Entry("1", '0', 700, List.of(attribute("user.a", 0xff, 0))));
        assertThat(entries.bytes().readNBytes(10)).as("the rest is passed over").hasSize(10);
        Entry second = entries.next().orElseThrow();
        assertThat(second.isDirectory()).isTrue();
        assertThat(second.name()).isEqualTo("2");
        assertThat(second.attributes()).isEmpty();
        assertThat(entries.bytes().read()).isEqualTo(-1);
        assertThat(entries.next().orElseThrow().attributes()).containsExactly(attribute("user.b", '2'));
        assertThat(entries.bytes().readAllBytes()).isEqualTo("three".getBytes(StandardCharsets.US_ASCII));
        assertThat(entries.next().orElseThrow().isLink()).isTrue();
        assertThat(entries.next()).isEmpty();
    }

    @Test
    void aSizeThatTheHeadCannotSayIsThatOfThePaxHeader() throws Exception {
        add('x', "pax", record("size=8589934593")).add('0', "1", "", 0);
        assertThat(entries().next().orElseThrow().size()).isEqualTo(8_589_934_593L);
    }

    @Test
    void whatEndsInTheMiddleIsRefused() throws Exception {
        add('0', "1", "", 600);
        ArchivedEntries entries = entries();
        entries.next();
        assertThatThrownBy(() -> entries.bytes().readAllBytes()).isInstanceOf(EOFException.class);
        tar.reset();
        add('0', "1", "");
        byte[] cut = Arrays.copyOf(tar.toByteArray(), 500);
        assertThatThrownBy(() -> new ArchivedEntries(new ByteArrayInputStream(cut)).next())
                .isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"size=", "size=-1", "size=9999999999999999999", "size=0x10"})
    void aSizeThatIsNoneIsRefused(String record) {
        add('x', "pax", record(record)).add('0', "1", "");
        assertThatThrownBy(() -> entries().next()).isInstanceOf(IOException.class);
    }
}
