package io.darsena.app.images;

import io.darsena.app.control.CopyButton;
import io.darsena.app.control.JsonPane;
import io.darsena.app.files.FileHand;
import io.darsena.app.layers.HistoryTable;
import io.darsena.app.layers.LayersPane;
import io.darsena.app.layers.LayersViewModel;
import io.darsena.app.layers.WastePane;
import io.darsena.app.list.DetailHead;
import io.darsena.app.packages.PackagesPane;
import io.darsena.app.packages.PackagesViewModel;
import io.darsena.app.screen.Navigation.SoughtLayer;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.sync.SyncStrip;
import io.darsena.app.text.Messages;
import io.darsena.app.trust.TrustStrip;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.TreeSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen image: its layers to look into, its history, what it wastes, what software it holds, and its manifest and
/// config as JSON.
final class ImageDetail {

    /// So much height the layers keep below what is said of the image; where there is less, all of it scrolls.
    private static final double LEAST_LAYERS = 240;

    /// As in the style sheet.
    private static final double ABOUT_EDGES = 32;

    private final Messages messages;
    private final ImageActions actions;
    private final DetailHead head;
    private final Label facts = new Label();
    private final MenuButton digests;
    private final LayersViewModel model;
    private final PackagesViewModel packages;
    private final FileHand hand;
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

    /// @param update pulls what the row's name stands for now
    /// @param compare compares with that before it is pulled
    /// @param clock what ages are told by
    /// @param closing what the close button does
    ImageDetail(
            WindowContext context,
            ImageActions actions,
            Consumer<ImageRow> update,
            Consumer<ImageRow> compare,
            Consumer<ImageRow> sign,
            ObservableValue<Instant> clock,
            Runnable closing) {
        this.messages = context.messages();
        this.actions = actions;
        this.clock = clock;
        this.model = new LayersViewModel(context.session(), context.commands(), context.pump());
        this.packages = new PackagesViewModel(context.commands(), context.pump());
        this.hand = new FileHand(context);
        this.sync = new SyncStrip(messages, new SyncStrip.Orders() {
            @Override
            public void update() {
                Optional.ofNullable(shown).ifPresent(update);
            }

            @Override
            public void compare() {
                Optional.ofNullable(shown).ifPresent(compare);
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
        this.digests = new MenuButton(messages.text("images.digests"), new FontIcon(Feather.COPY));
        this.json = new JsonPane(messages);
        Tab layersTab = new Tab(messages.text("images.layers"));
        Tab wasteTab = new Tab(
                messages.text("waste.title"), new WastePane(messages, model.waste(), model.steps(), (layer, path) -> {
                    layersTab.getTabPane().getSelectionModel().select(layersTab);
                    model.showFile(layer, path);
                }));
        wasteTab.setId("waste-tab");
        wasteTab.selectedProperty().subscribe(selected -> {
            if (selected) {
                model.waste().look();
            }
        });
        Tab packagesTab = new Tab(messages.text("packages.title"), new PackagesPane(context, packages));
        packagesTab.setId("packages-tab");
        packagesTab.selectedProperty().subscribe(selected -> {
            if (selected) {
                packages.look();
            }
        });
        jsonTab = new Tab(messages.text("detail.inspect"), json);
        jsonTab.setOnSelectionChanged(change -> askForJson());
        tabs = new TabPane(
                layersTab,
                new Tab(messages.text("imageHistory.title"), new HistoryTable(messages, model)),
                wasteTab,
                packagesTab,
                jsonTab);
        layersTab.setContent(layersPane(context, layersTab.selectedProperty()));
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setId("image-detail");
        head = new DetailHead(messages, tabs, "image-shown", closing);
        pane = new StackPane(tabs, head);
        pane.getStyleClass().add("detail");
    }

    Node pane() {
        return pane;
    }

    void showJson() {
        tabs.getSelectionModel().select(jsonTab);
    }

    /// Of the image that is shown.
    void showLayer(SoughtLayer sought) {
        tabs.getSelectionModel().selectFirst();
        model.showLayer(sought.number(), sought.path());
    }

    void show(ImageRow row) {
        shown = row;
        Image image = row.now();
        head.name(row.reference());
        facts.setText(messages.text(
                "images.facts",
                image.platform(),
                image.layers().size(),
                messages.quantities().size(image.size()),
                messages.quantities()
                        .size(image.layers().stream()
                                .mapToLong(Image.Layer::storedSize)
                                .sum())));
        digests.getItems().setAll(image.digests().stream().map(this::digest).toList());
        digests.setVisible(!image.digests().isEmpty());
        digests.setManaged(!image.digests().isEmpty());
        model.show(image);
        if (tabs.getSelectionModel().getSelectedItem().getContent() instanceof WastePane) {
            model.waste().look();
        }
        packages.show(new TreeSource.OfImage(image.id(), image.layers().size()), image.displayName());
        if (tabs.getSelectionModel().getSelectedItem().getContent() instanceof PackagesPane) {
            packages.look();
        }
        following.unsubscribe();
        following = Subscription.combine(
                row.sync().subscribe(tag -> sync.show(tag, clock.getValue())),
                row.trust().subscribe(known -> trust.show(known, clock.getValue())),
                clock.subscribe(now -> {
                    sync.show(row.sync().get(), now);
                    trust.show(row.trust().get(), now);
                }));
        told = false;
        json.show("");
        askForJson();
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

    /// A name by which a registry knows it: it is long, and chosen it is copied.
    private MenuItem digest(ImageReference known) {
        MenuItem item = new MenuItem(known.familiar());
        item.setMnemonicParsing(false);
        item.getStyleClass().add("mono");
        item.setOnAction(event -> CopyButton.copy(known.familiar()));
        return item;
    }

    /// @param seen whether the tab is the one that is shown
    private Node layersPane(WindowContext context, ObservableValue<Boolean> seen) {
        facts.getStyleClass().add("muted");
        digests.setId("image-digests");
        digests.getStyleClass().add("small");
        digests.setMinWidth(Region.USE_PREF_SIZE);
        digests.setTooltip(new Tooltip(messages.text("images.digests.more")));
        FlowPane about = new FlowPane();
        about.getStyleClass().add("image-about");
        ObservableValue<Double> room = about.widthProperty().map(width -> width.doubleValue() - ABOUT_EDGES);
        about.getChildren()
                .addAll(
                        new PartGroup(List.of(facts, digests), room),
                        new PartGroup(trust.parts(), room),
                        new PartGroup(sync.parts(), room));
        about.setMinWidth(0);
        about.setMinHeight(Region.USE_PREF_SIZE);
        LayersPane layers = new LayersPane(context, model, hand, seen);
        layers.setMinHeight(LEAST_LAYERS);
        VBox.setVgrow(layers, Priority.ALWAYS);
        ScrollPane all = new ScrollPane(new VBox(about, layers));
        all.setFitToWidth(true);
        all.setFitToHeight(true);
        all.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        all.setFocusTraversable(false);
        all.getStyleClass().add("page-scroll");
        return all;
    }
}
