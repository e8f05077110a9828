package io.darsena.app.images;

import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.ArchiveFormat;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Saving an image, or several, to one archive: which kind, then where.
final class SaveAs {

    private static final Pattern NOT_IN_FILE_NAMES = Pattern.compile("[^A-Za-z0-9._-]+");

    private final WindowContext context;
    private final Messages messages;
    private final Supplier<@Nullable Window> owner;

    /// Where the last archive of this window went.
    private Path folder = Path.of(System.getProperty("user.home", "/"));

    SaveAs(WindowContext context, Supplier<@Nullable Window> owner) {
        this.context = context;
        this.messages = context.messages();
        this.owner = owner;
    }

    /// Of what is saved to one archive.
    Menu menu(List<ImageRow> rows) {
        Menu menu = new Menu(messages.text("images.saveAs"), new FontIcon(Feather.SAVE));
        menu.setId("menu-saveAs");
        menu.getItems().addAll(items(rows));
        return menu;
    }

    /// Shows the same below a button.
    void show(List<ImageRow> rows, Node below) {
        ContextMenu menu = new ContextMenu(items(rows).toArray(MenuItem[]::new));
        menu.setId("save-menu");
        menu.show(below, Side.BOTTOM, 0, 0);
    }

    private List<MenuItem> items(List<ImageRow> rows) {
        List<String> images = rows.stream().map(ImageRow::reference).distinct().toList();
        return List.of(
                item("images.saveAs.docker", ArchiveFormat.DOCKER, images),
                item("images.saveAs.oci", ArchiveFormat.OCI, images));
    }

    private MenuItem item(String key, ArchiveFormat format, List<String> images) {
        MenuItem item = new MenuItem(messages.text(key));
        item.setOnAction(event -> ask(format, images));
        return item;
    }

    /// Whether what is there may be replaced the chooser asks.
    void ask(ArchiveFormat format, List<String> images) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(
                images.size() == 1
                        ? messages.text("export.title", images.getFirst())
                        : messages.text("export.titleSeveral", images.size()));
        chooser.setInitialFileName(fileName(format, images));
        if (Files.isDirectory(folder)) {
            chooser.setInitialDirectory(folder.toFile());
        }
        chooser.getExtensionFilters()
                .setAll(
                        new FileChooser.ExtensionFilter(messages.text("import.file.archives"), "*.tar"),
                        new FileChooser.ExtensionFilter(messages.text("import.file.all"), "*"));
        File chosen = chooser.showSaveDialog(owner.get());
        if (chosen != null) {
            Path file = chosen.toPath().toAbsolutePath();
            folder = file.resolveSibling(".").normalize();
            context.transfers().save(images, format, file);
        }
    }

    /// `registry.example/team/tool:1.2` is saved as `tool-1.2.tar`, several as `images.tar`, unless the person says
    /// otherwise.
    static String fileName(ArchiveFormat format, List<String> images) {
        String name = images.size() == 1 ? images.getFirst() : "images";
        String last = name.substring(name.lastIndexOf('/') + 1);
        String plain = NOT_IN_FILE_NAMES.matcher(last).replaceAll("-");
        return plain + (format == ArchiveFormat.OCI ? ".oci.tar" : ".tar");
    }
}
