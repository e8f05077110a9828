package io.darsena.app.settings;

import io.darsena.app.screen.SceneLife;
import io.darsena.app.session.FxPump;
import java.time.Duration;
import javafx.beans.property.StringProperty;
import javafx.scene.control.TextField;

/// A short field that keeps what is typed when the person presses Enter or goes elsewhere.
final class TypedField extends TextField {

    private static final Duration PAUSE = Duration.ofMillis(600);

    private final Runnable keep;
    private FxPump.Ticking waiting = () -> {};

    /// @param keep is asked also when nothing was typed; whoever keeps knows what is new
    TypedField(String id, StringProperty text, String name, Runnable keep) {
        this.keep = keep;
        setId(id);
        setAccessibleText(name);
        setMaxWidth(USE_PREF_SIZE);
        setPrefColumnCount(9);
        textProperty().bindBidirectional(text);
        setOnAction(event -> keep());
        focusedProperty().subscribe((before, now) -> {
            if (!now) {
                keep();
            }
        });
        SceneLife.of(this).during(() -> this::keep);
    }

    /// Keeps it also when the person pauses: only where the beginning of a number does no harm.
    TypedField alsoAfterAPause(FxPump pump) {
        textProperty().subscribe((before, now) -> {
            waiting.close();
            waiting = pump.after(PAUSE, this::keep);
        });
        return this;
    }

    private void keep() {
        waiting.close();
        keep.run();
    }
}
