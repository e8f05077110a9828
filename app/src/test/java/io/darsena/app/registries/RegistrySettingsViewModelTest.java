package io.darsena.app.registries;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsViewModelTest {

    private static final RegistryHost HOST = new RegistryHost("registry.example");

    private final List<RegistryConfig> kept = new ArrayList<>();
    private final RegistrySettingsViewModel model =
            new RegistrySettingsViewModel(RegistryConfig.of(HOST), Messages.in(Locale.ENGLISH), kept::add);

    @Test
    void nothingHoldsBeforeItIsSaved(@TempDir Path folder) throws IOException {
        Path authority = Files.createFile(folder.resolve("ca.crt"));
        assertThat(model.canSave().get()).isFalse();
        model.insecure().set(true);
        model.mirrors().set("mirror.example\n\n http://localhost:5001/ ");
        model.authority().set(authority.toString());
        assertThat(model.canSave().get()).isTrue();
        assertThat(kept).isEmpty();
        model.save();
        assertThat(kept)
                .containsExactly(new RegistryConfig(
                        HOST,
                        true,
                        List.of(new RegistryHost("mirror.example"), new RegistryHost("localhost:5001")),
                        Optional.of(authority)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "registry.example", "one.example\none.example"})
    void aMirrorThatCannotBeOneIsToldAndNotSaved(String typed) {
        model.mirrors().set(typed);
        assertThat(model.mirrorsProblem().get()).isNotBlank();
        assertThat(model.canSave().get()).isFalse();
        model.save();
        assertThat(kept).isEmpty();
    }

    @Test
    void whatAMirrorCannotHaveIsToldAsItWasTyped() {
        model.mirrors().set("https://mirror.example/v2/team");
        assertThat(model.mirrorsProblem().get())
                .contains("https://mirror.example/v2/team", "path", "write mirror.example");
        assertThat(model.canSave().get()).isFalse();
        model.mirrors().set("http://mirror.example:5000");
        assertThat(model.mirrorsProblem().get()).contains("http://mirror.example:5000", "plain HTTP");
        assertThat(model.canSave().get()).isFalse();
        model.mirrors().set("ftp://mirror.example");
        assertThat(model.mirrorsProblem().get()).contains("ftp://mirror.example");
        model.mirrors().set("https://mirror.example/");
        assertThat(model.mirrorsProblem().get()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.crt", "/no/such/file"})
    void anAuthorityThatIsNoFileIsToldAndNotSaved(String typed) {
        model.authority().set(typed);
        assertThat(model.authorityProblem().get()).isNotBlank();
        assertThat(model.canSave().get()).isFalse();
    }

    @Test
    void whatIsTypedIsTakenBack() {
        model.insecure().set(true);
        assertThat(model.changed().get()).isTrue();
        model.revert();
        assertThat(model.insecure().get()).isFalse();
        assertThat(model.changed().get()).isFalse();
    }

    @Test
    void whatTheEngineTellsShowsUnlessSomethingElseIsBeingTyped() {
        RegistryConfig told = new RegistryConfig(HOST, true, List.of(), Optional.empty());
        model.show(told);
        assertThat(model.insecure().get()).isTrue();
        model.mirrors().set("mirror.exam");
        model.show(RegistryConfig.of(HOST));
        assertThat(model.mirrors().get()).isEqualTo("mirror.exam");
    }
}
