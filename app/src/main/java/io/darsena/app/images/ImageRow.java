package io.darsena.app.images;

import io.darsena.app.text.Messages;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.sync.TagSync;
import io.darsena.bridge.trust.ImageTrust;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One line of the list: a name of an image, or an image without names. JavaFX thread only.
public final class ImageRow {

    private final Messages messages;
    private final Key key;
    private final ReadOnlyObjectWrapper<Image> image;
    private final ReadOnlyObjectWrapper<Optional<TagSync>> sync = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<ImageTrust>> trust = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<String>> users = new ReadOnlyObjectWrapper<>(List.of());

    /// What makes a line the same line after a change.
    public record Key(ImageId id, Optional<ImageReference> name) {}

    ImageRow(Messages messages, Key key, Image first) {
        this.messages = messages;
        this.key = key;
        this.image = new ReadOnlyObjectWrapper<>(first);
    }

    void update(Image now, List<String> containers) {
        image.set(now);
        if (!users.get().equals(containers)) {
            users.set(List.copyOf(containers));
        }
    }

    void standsSo(Optional<TagSync> now) {
        sync.set(now);
    }

    void isTrustedSo(Optional<ImageTrust> now) {
        trust.set(now);
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

    /// How its name stands to its registry; empty without a name.
    public ReadOnlyObjectProperty<Optional<TagSync>> sync() {
        return sync.getReadOnlyProperty();
    }

    /// What is known of its signatures; empty where it came from no registry.
    public ReadOnlyObjectProperty<Optional<ImageTrust>> trust() {
        return trust.getReadOnlyProperty();
    }

    /// Names of the containers that were made of the image by this name, sorted.
    public ReadOnlyObjectProperty<List<String>> users() {
        return users.getReadOnlyProperty();
    }
}
