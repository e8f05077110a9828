package io.darsena.app.images;

import io.darsena.app.control.Shadow;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineStage;
import java.io.File;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Takes files that are dropped anywhere on the window. While they hover it says what will happen to them.
public final class DropTarget extends StackPane {

    private static final int MOST_NAMED = 4;

    private final WindowContext context;
    private final VBox words = new VBox();
    private final FontIcon icon = new FontIcon(Feather.DOWNLOAD);
    private List<File> hovering = List.of();
    private Optional<DroppedFiles> looked = Optional.empty();

    public DropTarget(Node window, WindowContext context) {
        this.context = context;
        words.getStyleClass().add("drop-words");
        StackPane veil = new StackPane(new Shadow(words, Shadow.Height.MIDDLE), words);
        veil.getStyleClass().add("drop-veil");
        veil.setMouseTransparent(true);
        veil.setVisible(false);
        veil.setId("drop-veil");
        getChildren().addAll(window, veil);
        addEventFilter(DragEvent.DRAG_OVER, event -> over(event, veil));
        addEventFilter(DragEvent.DRAG_EXITED, event -> {
            if (event.getTarget() == this) {
                leave(veil);
            }
        });
        addEventFilter(DragEvent.DRAG_DROPPED, event -> dropped(event, veil));
    }

    private boolean isWelcome(DragEvent event) {
        return event.getDragboard().hasFiles() && context.session().stage().get() instanceof EngineStage.Open;
    }

    private void over(DragEvent event, Node veil) {
        if (!isWelcome(event)) {
            return;
        }
        DroppedFiles files = look(event.getDragboard().getFiles());
        event.acceptTransferModes(TransferMode.COPY);
        event.consume();
        if (!veil.isVisible()) {
            describe(files, veil);
            veil.setVisible(true);
        }
    }

    /// A drag reports where it is many times a second; the files are looked at once.
    private DroppedFiles look(List<File> files) {
        if (looked.isEmpty() || !files.equals(hovering)) {
            hovering = List.copyOf(files);
            looked = Optional.of(DroppedFiles.of(files));
        }
        return looked.get();
    }

    private void describe(DroppedFiles files, Node veil) {
        veil.getStyleClass().remove("refusing");
        if (files.good().isEmpty()) {
            veil.getStyleClass().add("refusing");
        }
        icon.setIconCode(files.good().isEmpty() ? Feather.SLASH : Feather.DOWNLOAD);
        words.getChildren().setAll(icon, label(files.headline(context.messages()), "title"));
        if (files.good().size() > 1) {
            words.getChildren().add(label(names(files.good()), "muted"));
        }
        files.refused().stream()
                .limit(MOST_NAMED)
                .forEach(refused -> words.getChildren()
                        .add(label(
                                context.messages()
                                        .text(
                                                "drop.refused",
                                                refused.name(),
                                                context.messages().text(refused.reason())),
                                "refused")));
    }

    private static String names(List<ImportSource> sources) {
        String named = String.join(
                ", ", sources.stream().limit(MOST_NAMED).map(ImportSource::name).toList());
        return sources.size() > MOST_NAMED ? named + ", …" : named;
    }

    private static Label label(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        return label;
    }

    private void dropped(DragEvent event, Node veil) {
        if (!isWelcome(event)) {
            return;
        }
        DroppedFiles files = look(event.getDragboard().getFiles());
        leave(veil);
        event.setDropCompleted(true);
        event.consume();
        files.importInto(context);
    }

    private void leave(Node veil) {
        veil.setVisible(false);
        looked = Optional.empty();
    }
}
