package io.darsena.app.containers;

import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.sync.UpdateMark;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import java.util.function.Consumer;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What a container was made of, with a mark when that name stands for a newer image now. A click on the mark shows
/// what can be done about it.
final class ImageCell extends TableCell<ContainerRow, Container> {

    private final Messages messages;
    private final UpdateMark mark = new UpdateMark(new FontIcon(Feather.ARROW_UP_CIRCLE));
    private final Consumer<ContainerRow> opener;
    private Subscription following = Subscription.EMPTY;

    /// @param opener shows what can be done about an older image
    ImageCell(Messages messages, Consumer<ContainerRow> opener) {
        this.messages = messages;
        this.opener = opener;
        getStyleClass().add("container-image");
        setContentDisplay(ContentDisplay.RIGHT);
    }

    @Override
    protected void updateItem(@Nullable Container container, boolean empty) {
        super.updateItem(container, empty);
        following.unsubscribe();
        following = Subscription.EMPTY;
        setText(container == null || empty ? null : container.imageName());
        ContainerRow row = getTableRow() == null ? null : getTableRow().getItem();
        if (container == null || empty || row == null) {
            setGraphic(null);
            setTooltip(null);
        } else {
            mark.setOnAction(event -> opener.accept(row));
            following = row.older().subscribe(older -> mark(older, container));
        }
    }

    private void mark(boolean older, Container container) {
        setGraphic(older ? mark : null);
        String words =
                older ? messages.text("containers.older", container.spec().image()) : container.imageName();
        setTooltip(new Tooltip(words));
        setAccessibleText(words);
        mark.say(words, messages.text("containers.older.more"));
    }
}
