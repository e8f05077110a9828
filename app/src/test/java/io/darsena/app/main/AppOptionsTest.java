package io.darsena.app.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.app.theme.ThemeChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Dimension2D;
import org.junit.jupiter.api.Test;

class AppOptionsTest {

    @Test
    void withoutOptionsNothingIsDecided() {
        AppOptions options = AppOptions.parse(List.of());
        assertThat(options.root()).isEmpty();
        assertThat(options.theme()).isEmpty();
        assertThat(options.language()).isEmpty();
    }

    @Test
    void bothFormsAreRead() {
        AppOptions options = AppOptions.parse(List.of("--root", "/data/a=b", "--theme=dark", "--language", "it"));
        assertThat(options.theme()).contains(ThemeChoice.DARK);
        assertThat(options.language()).contains(Locale.ITALIAN);
        assertThat(options.root()).contains(Path.of("/data/a=b"));
    }

    @Test
    void picturesAreAsLargeAsAsked() {
        AppOptions usual = AppOptions.parse(List.of("--screenshots", "there"));
        assertThat(usual.size()).isEqualTo(new Dimension2D(1280, 800));
        assertThat(usual.zoom()).isEqualTo(100);
        AppOptions large = AppOptions.parse(List.of("--screenshots", "there", "--size=3840x2160", "--zoom=200"));
        assertThat(large.size()).isEqualTo(new Dimension2D(3840, 2160));
        assertThat(large.zoom()).isEqualTo(200);
    }

    @Test
    void aWrongOptionSaysWhatIsPossible() {
        assertThatThrownBy(() -> AppOptions.parse(List.of("--colour")))
                .hasMessageContaining("--colour")
                .hasMessageContaining("--theme");
        assertThatThrownBy(() -> AppOptions.parse(List.of("--theme", "pink"))).hasMessageContaining("pink");
        assertThatThrownBy(() -> AppOptions.parse(List.of("--language", "de"))).hasMessageContaining("de");
        assertThatThrownBy(() -> AppOptions.parse(List.of("--size", "4k"))).hasMessageContaining("4k");
        assertThatThrownBy(() -> AppOptions.parse(List.of("--zoom", "201"))).hasMessageContaining("200");
        assertThatThrownBy(() -> AppOptions.parse(List.of("--root"))).hasMessageContaining("needs a value");
    }
}
