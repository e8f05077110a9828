package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.runtime.RuntimeFacts.Lack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuntimeFactsTest {

    private static final Path TOLD = Path.of("src", "main", "c", "reduced.h");
    private static final Pattern KEY = Pattern.compile("return \"([a-z-]+)\";");

    @Test
    void everyReductionThatTheRuntimeCanTellOfIsKnownHere() throws IOException {
        List<String> told = KEY.matcher(Files.readString(TOLD))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(told)
                .isNotEmpty()
                .containsExactlyElementsOf(
                        Stream.of(Lack.values()).map(Lack::key).toList());
        assertThat(told).allSatisfy(key -> assertThat(Lack.of(key)).isPresent());
    }
}
