package io.darsena.app.registries;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.list.DetailHead;
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
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen registry: how it answered, what it holds, what is set for it.
final class RegistryDetail {

    /// Narrower, the first words of the facts say nothing.
    private static final double LEAST_FACTS = 64;

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
    private final DetailHead head;
    private final StackPane pane;
    private Optional<RegistryRow> shown = Optional.empty();
    private Optional<BrowsePane> browse = Optional.empty();
    private Subscription following = Subscription.EMPTY;

    /// @param closing what gives the list its height back
    RegistryDetail(
            WindowContext context, RegistriesViewModel model, Supplier<@Nullable Window> owner, Runnable closing) {
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
        head = head(closing);
        StackPane tabbed = new StackPane(tabs, head);
        tabbed.setMinHeight(0);
        tabbed.getStyleClass().add("detail");
        VBox.setVgrow(tabbed, Priority.ALWAYS);
        pane = new StackPane(new VBox(silent(), tabbed));
        pane.getStyleClass().add("registry");
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

    /// Its name, how it answered, and how much may still be pulled; a tooltip has all of it.
    private DetailHead head(Runnable closing) {
        facts.getStyleClass().addAll("muted", "small-text");
        facts.setMinWidth(LEAST_FACTS);
        facts.setTooltip(new Tooltip());
        gauge.setId("rate-gauge");
        gauge.setPrefWidth(120);
        gauge.setMinWidth(60);
        gauge.setManaged(false);
        DetailHead made = new DetailHead(messages, tabs, "registry-shown", closing, facts, gauge);
        made.setId("registry-facts");
        made.closeButton().setId("close-registry");
        return made;
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
            head.name(RegistryWords.name(host));
            BrowsePane browser = new BrowsePane(context, host, owner);
            browse = Optional.of(browser);
            repositories.setContent(browser);
            settings.setContent(RegistrySettingsPane.of(context, model, row, owner));
        }
    }

    private void tell(KnownRegistry known) {
        facts.setText(words.facts(known));
        facts.getTooltip().setText(facts.getText());
        if (known.reach() instanceof Reach.Silent silent) {
            silence.show(silent.failure());
        } else {
            silence.clear();
        }
        Optional<RateGauge> rate = known.rate().filter(told -> told.limit() > 0);
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
