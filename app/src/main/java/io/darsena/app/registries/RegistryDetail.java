package io.darsena.app.registries;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.registries.browse.BrowsePane;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.KnownRegistry;
import io.darsena.app.session.KnownRegistry.Reach;
import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RateGauge;
import io.darsena.bridge.registry.RegistryHost;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen registry: how it answered, what it holds, what is set for it.
final class RegistryDetail {

    /// Below this height the tabs need all there is.
    private static final double LEAST_HEIGHT = 260;

    private final WindowContext context;
    private final Messages messages;
    private final RegistriesViewModel model;
    private final RegistryWords words;
    private final Supplier<@Nullable Window> owner;
    private final Label facts = new Label();
    private final ProgressBar gauge = new ProgressBar();
    private final FailurePlace silence = new FailurePlace();
    private final Tab repositories;
    private final Tab settings;
    private final TabPane tabs;
    private final VBox pane;
    private Optional<RegistryRow> shown = Optional.empty();
    private Optional<BrowsePane> browse = Optional.empty();
    private Subscription following = Subscription.EMPTY;

    RegistryDetail(WindowContext context, RegistriesViewModel model, Supplier<@Nullable Window> owner) {
        this.context = context;
        this.messages = context.messages();
        this.model = model;
        this.owner = owner;
        this.words = new RegistryWords(messages);
        repositories = new Tab(messages.text("registry.repositories"));
        settings = new Tab(messages.text("registry.settings"));
        tabs = new TabPane(repositories, settings);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setId("registry-detail");
        VBox.setVgrow(tabs, Priority.ALWAYS);
        Node line = line();
        pane = new VBox(silent(), line, tabs);
        line.visibleProperty()
                .bind(facts.textProperty()
                        .isNotEmpty()
                        .and(pane.heightProperty().greaterThan(LEAST_HEIGHT)));
        line.managedProperty().bind(line.visibleProperty());
        pane.getStyleClass().addAll("detail", "registry");
        pane.setMinHeight(0);
    }

    private Node silent() {
        Button logIn = new Button(messages.text("login.verb"), new FontIcon(Feather.LOG_IN));
        logIn.setOnAction(event -> shown.map(RegistryRow::host)
                .ifPresent(host -> context.navigation().login(host, () -> model.test(host))));
        FailureBanner banner = new FailureBanner(messages, silence)
                .withoutDismissal()
                .offering(logIn, failure -> failure.kind().equals("denied"));
        VBox place = new VBox(banner);
        place.getStyleClass().add("registry-silent");
        place.visibleProperty().bind(banner.visibleProperty());
        place.managedProperty().bind(banner.visibleProperty());
        return place;
    }

    private Node line() {
        facts.getStyleClass().add("muted");
        facts.setMinWidth(0);
        facts.setWrapText(true);
        HBox.setHgrow(facts, Priority.ALWAYS);
        gauge.setId("rate-gauge");
        gauge.setPrefWidth(120);
        gauge.setMinWidth(60);
        HBox line = new HBox(facts, gauge);
        line.getStyleClass().add("detail-facts");
        line.setId("registry-facts");
        return line;
    }

    Node pane() {
        return pane;
    }

    void show(RegistryRow row) {
        boolean same = shown.filter(row::equals).isPresent();
        shown = Optional.of(row);
        following.unsubscribe();
        following = row.known().subscribe(this::tell);
        if (!same) {
            RegistryHost host = row.host();
            BrowsePane browser = new BrowsePane(context, host, owner);
            browse = Optional.of(browser);
            repositories.setContent(browser);
            settings.setContent(RegistrySettingsPane.of(context, model, row, owner));
        }
    }

    private void tell(KnownRegistry known) {
        facts.setText(words.facts(known));
        if (known.reach() instanceof Reach.Silent silent) {
            silence.show(silent.failure());
        } else {
            silence.clear();
        }
        Optional<RateGauge> rate = known.rate().filter(told -> told.limit() > 0);
        gauge.setVisible(rate.isPresent());
        gauge.setManaged(rate.isPresent());
        rate.ifPresent(told -> {
            gauge.setProgress(Math.clamp((double) told.remaining() / told.limit(), 0, 1));
            gauge.setAccessibleText(words.rate(told));
        });
    }

    void showSettings() {
        tabs.getSelectionModel().select(settings);
    }

    /// Leads the keyboard to where repositories are sought.
    void focusSearch() {
        tabs.getSelectionModel().select(repositories);
        browse.ifPresent(BrowsePane::focusSearch);
    }
}
