package io.darsena.app.screen;

import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;

/// Two images that are compared: the second is what the first one has become.
public record ComparedImages(Side before, Side after) {

    /// @param name by which the person has chosen it
    public record Side(ImageId id, String name) {

        public static Side of(Image image) {
            return new Side(image.id(), image.displayName());
        }
    }

    public ComparedImages swapped() {
        return new ComparedImages(after, before);
    }
}
