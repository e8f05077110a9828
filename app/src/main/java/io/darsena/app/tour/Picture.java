package io.darsena.app.tour;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/// What a scene shows at one moment, as a PNG file.
final class Picture {

    private final WritableImage image;

    private Picture(WritableImage image) {
        this.image = image;
    }

    /// On the JavaFX thread.
    static Picture of(Scene scene) {
        return new Picture(scene.snapshot(null));
    }

    /// Packed as tightly as the format allows without loss; a window is opaque, so there is no alpha channel.
    void save(Path file) throws IOException {
        BufferedImage opaque =
                new BufferedImage((int) image.getWidth(), (int) image.getHeight(), BufferedImage.TYPE_INT_RGB);
        SwingFXUtils.fromFXImage(image, opaque);
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        Files.deleteIfExists(file);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam tight = writer.getDefaultWriteParam();
        tight.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        tight.setCompressionQuality(0);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(opaque, List.of(), null), tight);
        } finally {
            writer.dispose();
        }
    }
}
