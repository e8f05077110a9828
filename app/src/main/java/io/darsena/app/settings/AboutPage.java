package io.darsena.app.settings;

import io.darsena.app.control.CopyButton;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineStage;
import io.darsena.app.text.Messages;
import io.darsena.bridge.EngineDescription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Which Darsena this is, on what it runs, and whose work is in it.
final class AboutPage extends VBox {

    private static final String COMPONENTS = "/io/darsena/ui/components.txt";

    private final Messages messages;

    AboutPage(WindowContext context) {
        this.messages = context.messages();
        getStyleClass().add("settings");
        SceneLife.of(this).during(() -> SceneLife.listen(context.session().stage(), this::show));
    }

    private void show(EngineStage stage) {
        SettingsCard about = new SettingsCard(messages.text("app.name"));
        about.with(SettingsCard.muted(messages.text("settings.about.what")));
        StringBuilder details = new StringBuilder("Darsena");
        if (stage instanceof EngineStage.Open open) {
            EngineDescription engine = open.description();
            about.fact(messages.text("settings.version"), VersionWords.of(messages, engine.version()))
                    .fact(messages.text("settings.kernel"), engine.kernel());
            details.append(' ').append(engine.version()).append(", Linux ").append(engine.kernel());
            details.append(", ").append(engine.tier()).append(", cgroup ").append(engine.cgroupMode());
        }
        String java = System.getProperty("java.runtime.version", "");
        String javafx = System.getProperty("javafx.runtime.version", "");
        about.fact("Java", java)
                .fact("JavaFX", javafx)
                .fact(messages.text("settings.about.licence"), "Apache License 2.0");
        details.append(", Java ").append(java).append(", JavaFX ").append(javafx);
        Button copy = new Button(messages.text("settings.about.copy"), new FontIcon(Feather.COPY));
        copy.setOnAction(event -> CopyButton.copy(details.toString()));
        about.with(new HBox(copy));
        SettingsCard components = new SettingsCard(messages.text("settings.about.components"));
        components().forEach(line -> components.fact(line.getFirst(), line.getLast()));
        getChildren().setAll(about, components);
    }

    /// Name and licence of each.
    private static List<List<String>> components() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(AboutPage.class.getResourceAsStream(COMPONENTS)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> List.of(line.split("\t")))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + COMPONENTS, broken);
        }
    }
}
