package io.darsena.app.screen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Objects;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/// Loads a screen's FXML with its view class. The view class has one public constructor that takes the window's
/// context; nested views (`fx:include`) are made in the same way.
public final class Screens {

    private static final String FOLDER = "/io/darsena/ui/fxml/";

    private final WindowContext context;

    public Screens(WindowContext context) {
        this.context = context;
    }

    /// A loaded screen: what is shown and the object behind it.
    public record Screen<V>(Parent root, V view) {}

    public <V> Screen<V> load(Class<V> type) {
        URL place = Objects.requireNonNull(
                Screens.class.getResource(FOLDER + type.getSimpleName() + ".fxml"), () -> "no FXML for " + type);
        FXMLLoader loader = new FXMLLoader(place, context.messages().bundle());
        loader.setControllerFactory(this::make);
        try {
            Parent root = loader.load();
            return new Screen<>(root, type.cast(loader.getController()));
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot load " + place, broken);
        }
    }

    private Object make(Class<?> type) {
        try {
            return type.getConstructor(WindowContext.class).newInstance(context);
        } catch (ReflectiveOperationException wrong) {
            throw new IllegalStateException(type + " has no public constructor that takes a WindowContext", wrong);
        }
    }
}
