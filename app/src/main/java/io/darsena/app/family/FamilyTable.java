package io.darsena.app.family;

import io.darsena.app.list.ListEdges;
import io.darsena.app.list.TextColumn;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The family tree of all images: base above what is made of it, with the disk space that each adds. JavaFX thread
/// only.
public final class FamilyTable extends TableView<FamilyRow> {

    private static final double STEP = 22;
    private static final int DEEPEST_SHOWN = 12;

    private final Messages messages;
    private Consumer<ImageId> choosing = image -> {};
    private boolean filling;

    public FamilyTable(Messages messages) {
        this.messages = messages;
        setId("family");
        ListEdges.keep(this);
        getStyleClass().add("list");
        setMinHeight(0);
        setAccessibleText(messages.text("family.title"));
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<FamilyRow, FamilyRow> name = new TableColumn<>(messages.text("column.name"));
        name.setPrefWidth(420);
        name.setReorderable(false);
        name.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        name.setCellFactory(column -> new DescentCell());
        getColumns()
                .setAll(List.of(
                        name,
                        TextColumn.of(
                                messages.text("family.adds"),
                                130,
                                row -> messages.quantities()
                                        .sizeInColumn(row.adds().bytes()),
                                "numeric"),
                        TextColumn.of(
                                messages.text("family.whole"),
                                130,
                                row -> messages.quantities()
                                        .sizeInColumn(row.whole().bytes()),
                                "numeric"),
                        TextColumn.of(messages.text("family.layers"), 220, this::layers)));
        getColumns().forEach(column -> column.setSortable(false));
        getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (!filling && row != null) {
                row.image().ifPresent(image -> choosing.accept(image.id()));
            }
        });
    }

    /// Hears of the image that a person chooses.
    public void onChoose(Consumer<ImageId> chosen) {
        choosing = chosen;
    }

    /// What is chosen stays so.
    public void show(Collection<Image> images) {
        Optional<ImageId> chosen = Optional.ofNullable(getSelectionModel().getSelectedItem())
                .flatMap(FamilyRow::image)
                .map(Image::id);
        filling = true;
        try {
            List<FamilyRow> rows = Family.of(images);
            if (!rows.equals(getItems())) {
                getItems().setAll(rows);
                chosen.ifPresent(this::choose);
            }
        } finally {
            filling = false;
        }
    }

    /// Marks an image as chosen, if it is there.
    public void choose(ImageId image) {
        getItems().stream()
                .filter(row ->
                        row.image().filter(there -> there.id().equals(image)).isPresent())
                .findFirst()
                .ifPresent(row -> getSelectionModel().select(row));
    }

    private String layers(FamilyRow row) {
        return row.own() == row.layers()
                ? messages.text("family.allLayers", row.layers())
                : messages.text("family.someLayers", row.own(), row.layers());
    }

    private String name(FamilyRow row) {
        return row.image()
                .map(image -> image.names().isEmpty()
                        ? messages.text("family.unnamed", image.id().shortId())
                        : image.names().stream().map(ImageReference::familiar).collect(Collectors.joining(", ")))
                .orElseGet(() -> messages.text("family.shared", row.images()));
    }

    /// As deep as it stands, an image with its names, or layers that several share.
    private final class DescentCell extends TableCell<FamilyRow, FamilyRow> {

        private final Region indent = new Region();
        private final FontIcon corner = new FontIcon(Feather.CORNER_DOWN_RIGHT);
        private final FontIcon kind = new FontIcon();
        private final Label name = new Label();
        private final HBox line = new HBox(indent, corner, kind, name);

        DescentCell() {
            line.getStyleClass().add("family-line");
            corner.getStyleClass().add("family-corner");
            name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            name.setMinWidth(0);
            HBox.setHgrow(name, Priority.ALWAYS);
            setTooltip(new Tooltip());
        }

        @Override
        protected void updateItem(@Nullable FamilyRow row, boolean empty) {
            super.updateItem(row, empty);
            if (row == null || empty) {
                setGraphic(null);
                return;
            }
            indent.setMinWidth(STEP * Math.max(0, Math.min(row.depth() - 1, DEEPEST_SHOWN)));
            corner.setVisible(row.depth() > 0);
            corner.setManaged(row.depth() > 0);
            kind.setIconCode(row.image().isPresent() ? Feather.BOX : Feather.LAYERS);
            name.setText(name(row));
            name.getStyleClass().removeAll("strong", "muted");
            name.getStyleClass().add(row.image().isPresent() ? "strong" : "muted");
            String spoken = messages.text(
                    "family.spoken",
                    name(row),
                    messages.quantities().size(row.adds().bytes()),
                    messages.quantities().size(row.adds().files()),
                    messages.quantities().size(row.adds().blobs()),
                    messages.quantities().size(row.whole().bytes()),
                    layers(row));
            setAccessibleText(spoken);
            getTooltip().setText(spoken);
            setGraphic(line);
        }
    }
}
