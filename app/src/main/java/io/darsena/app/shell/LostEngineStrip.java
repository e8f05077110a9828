package io.darsena.app.shell;

import io.darsena.app.screen.SceneLife;
import io.darsena.app.session.EngineSession;
import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Says above the section that the engine, which runs in another process, is out of reach, and that the window waits
/// for it. Takes no room while there is nothing to say.
final class LostEngineStrip extends HBox {

    LostEngineStrip(EngineSession session, Messages messages) {
        setId("lost-engine");
        getStyleClass().add("failure-banner");
        setAccessibleRole(AccessibleRole.PARENT);
        Label heading = new Label(messages.text("engine.lost"));
        heading.getStyleClass().add("strong");
        Label reason = new Label(messages.text("engine.lost.reason"));
        Label remedy = new Label(messages.text("engine.lost.remedy"));
        remedy.getStyleClass().add("muted");
        VBox words = new VBox(heading, reason, remedy);
        words.getStyleClass().add("words");
        words.setMinWidth(0);
        for (Label label : new Label[] {heading, reason, remedy}) {
            label.setWrapText(true);
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(new FontIcon(Feather.CLOUD_OFF), words);
        setAccessibleText(String.join(" ", heading.getText(), reason.getText(), remedy.getText()));
        Tooltip details = new Tooltip();
        EngineWords engine = new EngineWords(messages);
        Tooltip.install(this, details);
        SceneLife.of(this).during(() -> SceneLife.listen(session.unreachable(), lost -> show(lost, details, engine)));
        show(session.unreachable().get(), details, engine);
    }

    /// @param lost the engine's own words: for whoever looks closer
    private void show(Optional<String> lost, Tooltip details, EngineWords engine) {
        setVisible(lost.isPresent());
        setManaged(lost.isPresent());
        details.setText(lost.map(engine::sentence).orElse(""));
    }
}
