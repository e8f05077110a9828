package io.darsena.app.containers.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogLineTest {

    static Stream<Arguments> written() {
        return Stream.of(
                Arguments.of("plain", "plain"),
                Arguments.of("\u001b[1;31mred\u001b[0m", "red"),
                Arguments.of("\u001b]0;title\u0007text", "text"),
                Arguments.of("\u001b]8;;file:///etc\u001b\\link\u001b]8;;\u001b\\", "link"),
                Arguments.of("\u001b(Bascii", "Bascii"),
                Arguments.of("a\tb", "a       b"),
                Arguments.of("over\rwritten\u0008", "overwritten"),
                Arguments.of("evil\u202etxt.exe", "eviltxt.exe"),
                Arguments.of("cut \u001b[", "cut "),
                Arguments.of("cut \u001b", "cut "));
    }

    @ParameterizedTest
    @MethodSource("written")
    void whatWouldMoveACursorIsLeftOut(String written, String shown) {
        assertThat(LogLine.plain(written)).isEqualTo(shown);
    }

    @Property
    void noBytesOfAProgramBringAControlCharacterToTheScreen(@ForAll String written) {
        assertThat(LogLine.plain(written).chars().anyMatch(Character::isISOControl))
                .isFalse();
    }

    @Property
    void noLineIsLongerThanAScreenCanShow(@ForAll String written) {
        assertThat(LogLine.plain(written.repeat(200))).hasSizeLessThanOrEqualTo(LogLine.LONGEST + 8);
    }
}
