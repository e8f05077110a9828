package io.darsena.app.pull;

import io.darsena.app.screen.StarredNames;
import io.darsena.app.text.Messages;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Stars the name that stands in the field, or takes its star away: what is starred is suggested first.
final class StarButton extends Button {

    private final Messages messages;
    private final NameCompletion completion;
    private final StarredNames starred;

    StarButton(Messages messages, NameCompletion completion, StarredNames starred) {
        this.messages = messages;
        this.completion = completion;
        this.starred = starred;
        setId("star-name");
        setGraphic(new FontIcon(Feather.STAR));
        setMinWidth(USE_PREF_SIZE);
        setTooltip(new Tooltip());
        setOnAction(event -> name().ifPresent(this::toggle));
        completion.text().subscribe(text -> show());
    }

    private Optional<String> name() {
        String text = completion.text().get().strip();
        return TypedName.of(text).reference().map(reference -> text);
    }

    private void toggle(String name) {
        starred.toggle(name);
        completion.suggest();
        show();
    }

    private void show() {
        Optional<String> name = name();
        boolean now = name.filter(starred::has).isPresent();
        setDisable(name.isEmpty());
        setText(messages.text(now ? "star.remove" : "star.add"));
        setAccessibleText(messages.text(now ? "star.removeNamed" : "star.addNamed", name.orElse("")));
        getTooltip().setText(getAccessibleText());
        getStyleClass().removeAll("starred");
        if (now) {
            getStyleClass().add("starred");
        }
    }
}
