package io.darsena.app.images;

import io.darsena.app.control.CopyButton;
import io.darsena.app.control.JsonPane;
import io.darsena.app.sync.SyncStrip;
import io.darsena.app.text.Messages;
import io.darsena.app.trust.TrustStrip;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.sync.TagSync;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen image: its layers, and its manifest and config as JSON.
final class ImageDetail {

    private final Messages messages;
    private final ImageActions actions;
    private final Label facts = new Label();
    private final VBox digests = new VBox();
    private final TableView<Numbered> layers = new TableView<>();
    private final JsonPane json;
    private final SyncStrip sync;
    private final TrustStrip trust;
    private final ObservableValue<Instant> clock;
    private Subscription following = Subscription.EMPTY;
    private boolean told;
    private final Tab jsonTab;
    private final TabPane tabs;
    private final StackPane pane;
    private @Nullable ImageRow shown;

    private record Numbered(int number, Image.Layer layer) {}

    /// @param update pulls what the row's name stands for now
    /// @param clock what ages are told by
    /// @param closing what the close button does
    ImageDetail(
            Messages messages,
            ImageActions actions,
            Consumer<ImageRow> update,
            Consumer<ImageRow> sign,
            ObservableValue<Instant> clock,
            Runnable closing) {
        this.messages = messages;
        this.actions = actions;
        this.clock = clock;
        this.sync = new SyncStrip(messages, new SyncStrip.Orders() {
            @Override
            public void update() {
                Optional.ofNullable(shown).ifPresent(update);
            }

            @Override
            public void check() {
                Optional.ofNullable(shown).ifPresent(actions::check);
            }

            @Override
            public void autoPull(boolean wanted) {
                Optional.ofNullable(shown).ifPresent(row -> actions.autoPull(row, wanted));
            }
        });
        this.trust = new TrustStrip(messages, new TrustStrip.Orders() {
            @Override
            public void check() {
                Optional.ofNullable(shown).ifPresent(actions::checkSignatures);
            }

            @Override
            public void sign() {
                Optional.ofNullable(shown).ifPresent(sign);
            }
        });
        this.json = new JsonPane(messages);
        makeLayers();
        jsonTab = new Tab(messages.text("images.inspect"), json);
        jsonTab.setOnSelectionChanged(change -> askForJson());
        tabs = new TabPane(new Tab(messages.text("images.layers"), layersPane()), jsonTab);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setId("image-detail");
        pane = new StackPane(tabs, close(closing));
        pane.setAlignment(Pos.TOP_RIGHT);
        pane.getStyleClass().add("detail");
    }

    private Button close(Runnable closing) {
        Button close = new Button("", new FontIcon(Feather.X));
        close.getStyleClass().addAll("flat", "icon-button", "close-detail");
        close.setTooltip(new Tooltip(messages.text("detail.close")));
        close.setAccessibleText(messages.text("detail.close"));
        close.setOnAction(event -> closing.run());
        return close;
    }

    Node pane() {
        return pane;
    }

    void showJson() {
        tabs.getSelectionModel().select(jsonTab);
    }

    void show(ImageRow row) {
        shown = row;
        Image image = row.now();
        facts.setText(messages.text(
                "images.facts",
                image.platform(),
                image.layers().size(),
                messages.quantities().size(image.size()),
                messages.quantities()
                        .size(image.layers().stream()
                                .mapToLong(Image.Layer::storedSize)
                                .sum())));
        digests.getChildren().setAll(image.digests().stream().map(this::digest).toList());
        digests.setVisible(!image.digests().isEmpty());
        digests.setManaged(!image.digests().isEmpty());
        List<Image.Layer> lowestFirst = image.layers();
        layers.getItems().clear();
        for (int i = lowestFirst.size(); i > 0; i--) {
            layers.getItems().add(new Numbered(i, lowestFirst.get(i - 1)));
        }
        following.unsubscribe();
        following = Subscription.combine(
                row.sync().subscribe(tag -> tell(tag)),
                row.trust().subscribe(known -> trust.show(known, clock.getValue())),
                clock.subscribe(now -> {
                    tell(row.sync().get());
                    trust.show(row.trust().get(), now);
                }));
        told = false;
        json.show("");
        askForJson();
    }

    private void tell(Optional<TagSync> tag) {
        sync.setVisible(tag.isPresent());
        sync.setManaged(tag.isPresent());
        tag.ifPresent(known -> sync.show(known, clock.getValue()));
    }

    private void askForJson() {
        ImageRow row = shown;
        if (row != null && jsonTab.isSelected() && !told) {
            actions.inspect(row.now().id(), text -> {
                if (row.equals(shown)) {
                    told = true;
                    json.show(text);
                }
            });
        }
    }

    private void makeLayers() {
        layers.getStyleClass().add("list");
        layers.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        layers.getColumns()
                .setAll(List.of(
                        column("layers.number", 52, true, layer -> Integer.toString(layer.number())),
                        column("layers.createdBy", 460, false, layer -> word(layer.layer())),
                        column(
                                "layers.size",
                                110,
                                true,
                                layer ->
                                        messages.quantities().size(layer.layer().size())),
                        column(
                                "layers.stored",
                                130,
                                true,
                                layer ->
                                        messages.quantities().size(layer.layer().storedSize())),
                        column(
                                "layers.diffId",
                                200,
                                false,
                                layer -> layer.layer().diffId().digest().hex().substring(0, 12))));
        layers.setId("layers");
    }

    private String word(Image.Layer layer) {
        return layer.createdBy().isBlank()
                ? messages.text("layers.unknown")
                : layer.createdBy().strip();
    }

    private TableColumn<Numbered, Numbered> column(
            String key, double width, boolean numeric, Function<Numbered, String> words) {
        TableColumn<Numbered, Numbered> column = new TableColumn<>(messages.text(key));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        if (numeric) {
            column.getStyleClass().add("numeric");
            column.setMinWidth(width);
        }
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(owner -> {
            TableCell<Numbered, Numbered> cell = new TableCell<>() {
                @Override
                protected void updateItem(@Nullable Numbered layer, boolean empty) {
                    super.updateItem(layer, empty);
                    setText(layer == null || empty ? null : words.apply(layer));
                    setTooltip(layer == null || empty || numeric ? null : new Tooltip(words.apply(layer)));
                }
            };
            cell.getStyleClass().add(numeric ? "numeric" : "mono");
            return cell;
        });
        return column;
    }

    /// A name by which a registry knows it.
    private HBox digest(ImageReference known) {
        Label name = new Label(known.familiar());
        name.getStyleClass().add("mono");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setTooltip(new Tooltip(known.toString()));
        name.setMinWidth(0);
        HBox line = new HBox(
                new FontIcon(Feather.SERVER),
                name,
                new CopyButton(messages.text("images.copyDigest", known.familiar()), known::familiar));
        line.getStyleClass().add("image-digest");
        return line;
    }

    private Node layersPane() {
        facts.getStyleClass().add("muted");
        digests.setId("image-digests");
        digests.getStyleClass().add("image-digests");
        digests.setMinHeight(Region.USE_PREF_SIZE);
        HBox line = new HBox(facts);
        line.getStyleClass().add("detail-facts");
        VBox.setVgrow(layers, Priority.ALWAYS);
        return new VBox(line, sync, trust, digests, layers);
    }
}
