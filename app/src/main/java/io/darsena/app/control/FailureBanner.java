package io.darsena.app.control;

import io.darsena.app.session.Failure;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows the failure of a [FailurePlace] where it happened: what, why, and what helps; its details can be copied. Takes
/// no room while there is none, and never takes the focus.
public final class FailureBanner extends HBox {

    private final Messages messages;
    private final EngineWords words;
    private final Label heading = new Label();
    private final Label reason = new Label();
    private final Label remedy = new Label();
    private final Button dismiss;
    private Optional<Failure> shown = Optional.empty();

    public FailureBanner(Messages messages, FailurePlace place) {
        this.messages = messages;
        this.words = new EngineWords(messages);
        getStyleClass().add("failure-banner");
        setAccessibleRole(AccessibleRole.PARENT);
        heading.getStyleClass().add("strong");
        remedy.getStyleClass().add("muted");
        VBox text = new VBox(heading, reason, remedy);
        text.getStyleClass().add("words");
        text.setMinWidth(0);
        setMinHeight(USE_PREF_SIZE);
        for (Label label : new Label[] {heading, reason, remedy}) {
            label.setWrapText(true);
            // Where the room is short something else gives way: a reason that ends in dots is none.
            label.setMinHeight(USE_PREF_SIZE);
        }
        HBox.setHgrow(text, Priority.ALWAYS);
        dismiss = dismiss(place);
        getChildren().addAll(new FontIcon(Feather.ALERT_OCTAGON), text, copy(), dismiss);
        place.failure().addListener((property, before, now) -> show(now));
        show(place.failure().get());
    }

    /// Offers one thing more that helps against some failures, before Copy.
    public FailureBanner offering(Button cure, Predicate<Failure> when) {
        cure.getStyleClass().add("small");
        cure.setMinWidth(USE_PREF_SIZE);
        getChildren().add(2, cure);
        visibleProperty().subscribe(seen -> offer(cure, when));
        heading.textProperty().subscribe(text -> offer(cure, when));
        return this;
    }

    private void offer(Button cure, Predicate<Failure> when) {
        boolean helps = shown.filter(when).isPresent();
        cure.setVisible(helps);
        cure.setManaged(helps);
    }

    /// Of a failure that goes away with what it is about.
    public FailureBanner withoutDismissal() {
        getChildren().remove(dismiss);
        return this;
    }

    private void show(Optional<Failure> failure) {
        shown = failure;
        // First the words: who makes room for the banner when it becomes visible wants to know how much.
        failure.ifPresent(this::fill);
        setVisible(failure.isPresent());
        setManaged(failure.isPresent());
    }

    private void fill(Failure failure) {
        String operation = words.operation(failure.operation());
        set(
                heading,
                operation.isEmpty()
                        ? ""
                        : messages.text("failure.heading", operation, PlainText.line(words.subject(failure.subject())))
                                .strip());
        set(reason, failure.ours() ? failure.reason() : words.sentence(failure.reason()));
        set(remedy, failure.ours() ? failure.remedy() : words.sentence(failure.remedy()));
        setAccessibleText(String.join(" ", heading.getText(), reason.getText(), remedy.getText()));
    }

    private static void set(Label label, String text) {
        label.setText(PlainText.lines(text));
        label.setManaged(!text.isEmpty());
        label.setVisible(!text.isEmpty());
    }

    private Button copy() {
        Button button = new Button(messages.text("failure.copy"), new FontIcon(Feather.COPY));
        button.getStyleClass().add("small");
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> shown.map(Failure::details).ifPresent(CopyButton::copy));
        return button;
    }

    private Button dismiss(FailurePlace place) {
        Button button = new Button("", new FontIcon(Feather.X));
        button.getStyleClass().addAll("flat", "icon-button");
        button.setAccessibleText(messages.text("failure.dismiss"));
        button.setTooltip(new Tooltip(messages.text("failure.dismiss")));
        button.setOnAction(event -> place.clear());
        return button;
    }
}
