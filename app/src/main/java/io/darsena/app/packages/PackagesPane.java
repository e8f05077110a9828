package io.darsena.app.packages;

import io.darsena.app.control.EmptyState;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.files.FileHand;
import io.darsena.app.layers.FileFilterBox;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.PackageListing.Remark;
import io.darsena.bridge.sbom.PackageType;
import io.darsena.bridge.sbom.SbomFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What software there is, how much of each type, where it comes from; and a bill of materials of it to save.
public final class PackagesPane extends VBox {

    private static final int REMARKS_SHOWN = 2;
    private static final int REMARKS_IN_TIP = 20;
    private static final double TIP_WIDTH = 640;
    private static final Pattern NOT_IN_FILE_NAMES = Pattern.compile("[^A-Za-z0-9._-]+");

    private final Messages messages;
    private final PackagesViewModel model;
    private final FileHand hand;
    private final PackageTable table;
    private final FileFilterBox filter;
    private final FlowPane tools = new FlowPane();
    private final Label summary = new Label();
    private final Label remarks = new Label();

    public PackagesPane(WindowContext context, PackagesViewModel model) {
        this.messages = context.messages();
        this.model = model;
        this.hand = new FileHand(context);
        this.table = new PackageTable(messages, model);
        this.filter = new FileFilterBox(messages, model.words(), table, "package-filter", "packages.filter");
        getStyleClass().addAll("explorer-pane", "packages-pane");
        table.setPlaceholder(placeholder());
        VBox.setVgrow(table, Priority.ALWAYS);
        summary.setId("packages-summary");
        summary.getStyleClass().add("muted");
        remarks.setId("packages-remarks");
        remarks.getStyleClass().addAll("notice", "package-remarks");
        remarks.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
        remarks.setWrapText(true);
        remarks.setMaxWidth(Double.MAX_VALUE);
        remarks.setMinHeight(USE_PREF_SIZE);
        ProgressBar reading = new ProgressBar();
        reading.getStyleClass().add("reading");
        reading.setMaxWidth(Double.MAX_VALUE);
        reading.setAccessibleText(messages.text("packages.reading"));
        reading.visibleProperty().bind(model.reading());
        Button retry = new Button(messages.text("files.retry"), new FontIcon(Feather.REFRESH_CW));
        retry.setId("packages-retry");
        retry.setOnAction(event -> model.refresh());
        fillTools();
        getChildren()
                .addAll(
                        tools,
                        new FailureBanner(messages, model.place()).offering(retry, failure -> true),
                        new FailureBanner(messages, hand.place()),
                        hand.strip(),
                        remarks,
                        reading,
                        table);
        model.listing().subscribe(this::show);
        model.type().subscribe(this::mark);
    }

    /// Puts the keyboard where packages are found by words.
    public void search() {
        filter.requestFocus();
    }

    FileHand hand() {
        return hand;
    }

    private void fillTools() {
        MenuButton save = new MenuButton(messages.text("packages.save"), new FontIcon(Feather.DOWNLOAD));
        save.setId("save-sbom");
        save.setMinWidth(USE_PREF_SIZE);
        for (SbomFormat format : SbomFormat.values()) {
            MenuItem item = new MenuItem(messages.text("packages.save." + format));
            item.setId("sbom-" + format.word());
            item.setOnAction(event -> save(format));
            save.getItems().add(item);
        }
        save.disableProperty().bind(model.listing().map(Optional::isEmpty));
        tools.getStyleClass().add("explorer-tools");
        tools.getChildren().setAll(filter, save, summary);
    }

    private void save(SbomFormat format) {
        Optional<TreeSource> source = model.source();
        String name = NOT_IN_FILE_NAMES.matcher(model.name()).replaceAll("-") + format.suffix();
        source.ifPresent(about -> hand.save(
                messages.text("packages.save.title", model.name()),
                name,
                engine -> engine.packages().document(about, format)));
    }

    private void show(Optional<PackageListing> listing) {
        hand.forget();
        tools.getChildren().removeIf(ToggleButton.class::isInstance);
        tools.getChildren().addAll(1, listing.map(this::chips).orElse(List.of()));
        summary.setText(listing.map(this::summary).orElse(""));
        String said = listing.map(this::said).orElse("");
        remarks.setText(said);
        remarks.setVisible(!said.isEmpty());
        remarks.setManaged(!said.isEmpty());
        remarks.setTooltip(listing.filter(known -> !known.remarks().isEmpty())
                .map(this::tip)
                .orElse(null));
        mark(model.type().get());
    }

    /// One for each type there is, which says how many there are and shows them alone.
    private List<ToggleButton> chips(PackageListing listing) {
        List<ToggleButton> chips = new ArrayList<>();
        for (PackageType type : PackageType.values()) {
            long count = listing.count(type);
            if (count > 0) {
                ToggleButton chip =
                        new ToggleButton(messages.text("packages.count", messages.text("packageType." + type), count));
                chip.getStyleClass().add("chip");
                chip.setId("type-" + type.word());
                chip.setUserData(type);
                chip.setMinWidth(USE_PREF_SIZE);
                chip.setOnAction(event -> model.type().set(chip.isSelected() ? Optional.of(type) : Optional.empty()));
                chips.add(chip);
            }
        }
        return chips;
    }

    private void mark(Optional<PackageType> chosen) {
        for (Node node : tools.getChildren()) {
            if (node instanceof ToggleButton chip) {
                chip.setSelected(
                        chosen.filter(type -> type == chip.getUserData()).isPresent());
            }
        }
    }

    private String summary(PackageListing listing) {
        int count = listing.packages().size();
        return listing.system().isEmpty()
                ? messages.text("packages.summary", count)
                : messages.text("packages.summaryOf", count, PlainText.line(listing.system()));
    }

    private String said(PackageListing listing) {
        int count = listing.remarks().size();
        if (count == 0) {
            return "";
        }
        String first = lines(listing, REMARKS_SHOWN, "; ");
        return messages.text(
                count > REMARKS_SHOWN ? "packages.remarksMore" : "packages.remarks",
                count,
                first,
                count - REMARKS_SHOWN);
    }

    private String lines(PackageListing listing, int most, String between) {
        return listing.remarks().stream().limit(most).map(this::line).collect(Collectors.joining(between));
    }

    private String line(Remark remark) {
        return PlainText.path(remark.path()) + ": " + PlainText.line(new EngineWords(messages).clause(remark.reason()));
    }

    private Tooltip tip(PackageListing listing) {
        Tooltip tip = new Tooltip(lines(listing, REMARKS_IN_TIP, "\n"));
        tip.setWrapText(true);
        tip.setMaxWidth(TIP_WIDTH);
        return tip;
    }

    private Node placeholder() {
        EmptyState none = new EmptyState(
                Feather.PACKAGE, messages.text("packages.none.title"), messages.text("packages.none.words"));
        Button clear = new Button(messages.text("packages.unfound.clear"));
        clear.setId("packages-clear");
        clear.setOnAction(event -> {
            model.words().set("");
            model.type().set(Optional.empty());
        });
        EmptyState unfound = new EmptyState(
                Feather.SEARCH,
                messages.text("explorer.unfound.title"),
                messages.text("packages.unfound.words"),
                clear);
        none.visibleProperty()
                .bind(model.listing()
                        .map(known -> known.filter(listing -> listing.packages().isEmpty())
                                .isPresent()));
        unfound.visibleProperty()
                .bind(model.listing()
                        .map(known -> known.filter(
                                        listing -> !listing.packages().isEmpty())
                                .isPresent()));
        return new StackPane(none, unfound);
    }
}
