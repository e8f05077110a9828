package io.darsena.app.registries.browse;

import io.darsena.app.session.Question;
import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import java.util.function.Supplier;
import javafx.beans.Observable;
import javafx.scene.control.Label;

/// What stands in the place of rows that a registry is asked for: that it is asked, why it does not tell, or
/// that there are none.
final class AskedPlaceholder extends Label {

    /// @param none what to say when there is nothing
    /// @param when what else changes that
    AskedPlaceholder(Messages messages, Question<?> question, Supplier<String> none, Observable... when) {
        getStyleClass().addAll("muted", "asked");
        setWrapText(true);
        Runnable say = () -> setText(
                question.asking().get()
                        ? messages.text("browse.asking")
                        : question.place()
                                .failure()
                                .get()
                                .map(failure -> messages.text(
                                        "browse.refused", new EngineWords(messages).sentence(failure.reason())))
                                .orElseGet(none));
        question.asking().subscribe(say);
        question.place().failure().subscribe(say);
        for (Observable each : when) {
            each.subscribe(say);
        }
        say.run();
    }
}
