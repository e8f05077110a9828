package io.darsena.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.layer.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {

    @Test
    void aPlainPathIsAsItIs() {
        assertThat(ShellWord.of(FilePath.of("srv/la città/a b"))).isEqualTo("/srv/la città/a b");
        assertThat(ShellWord.of(FilePath.ROOT)).isEqualTo("/");
    }

    @Test
    void whatIsNoPlainTextIsAWordOfItsVeryBytes() {
        assertThat(ShellWord.of(FilePath.of("srv/a\nb'c\\d\u001b7"))).isEqualTo("$'/srv/a\\nb\\'c\\\\d\\0337'");
        assertThat(ShellWord.of(FilePath.of(new byte[] {'a', (byte) 0xff, '1'})))
                .isEqualTo("$'/a\\3771'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u202eb'c", "\t\\x\u00017", "$(x) `y`\n"})
    void aShellReadsWhatWasMeant(String name) throws Exception {
        FilePath path = FilePath.of(name);
        Process shell = new ProcessBuilder("bash", "-c", "printf %s " + ShellWord.of(path)).start();
        byte[] read = shell.getInputStream().readAllBytes();
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo("/" + name);
    }
}
