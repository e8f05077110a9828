package io.darsena.app.images;

import io.darsena.app.text.Messages;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// One line of the list: a name of an image, or an image without names. JavaFX thread only.
public final class ImageRow {

    private final Messages messages;
    private final Key key;
    private final ReadOnlyObjectWrapper<Image> image;
    private final ReadOnlyObjectWrapper<List<String>> users = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper("");

    /// What makes a line the same line after a change.
    record Key(ImageId id, Optional<ImageReference> name) {}

    ImageRow(Messages messages, Key key, Image first) {
        this.messages = messages;
        this.key = key;
        this.image = new ReadOnlyObjectWrapper<>(first);
    }

    void update(Image now, List<String> containers) {
        image.set(now);
        users.set(List.copyOf(containers));
    }

    /// Lets the words about time follow the clock.
    void tick(Instant now) {
        age.set(created().map(then -> messages.quantities().ago(then, now)).orElse(""));
    }

    Key key() {
        return key;
    }

    public Image now() {
        return image.get();
    }

    public ReadOnlyObjectProperty<Image> image() {
        return image.getReadOnlyProperty();
    }

    public Optional<ImageReference> name() {
        return key.name();
    }

    public String repository() {
        return key.name().map(ImageReference::familiarRepository).orElse(messages.text("images.unnamed"));
    }

    public String tag() {
        return key.name().flatMap(ImageReference::tag).orElse("");
    }

    /// How the engine finds it: its name, or its short id.
    public String reference() {
        return key.name().map(ImageReference::familiar).orElse(now().id().shortId());
    }

    public Optional<Instant> created() {
        return now().createdAt();
    }

    public ReadOnlyStringProperty age() {
        return age.getReadOnlyProperty();
    }

    /// Names of the containers that were made of the image, sorted.
    public ReadOnlyObjectProperty<List<String>> users() {
        return users.getReadOnlyProperty();
    }
}
