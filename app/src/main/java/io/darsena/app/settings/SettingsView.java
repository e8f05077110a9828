package io.darsena.app.settings;

import io.darsena.app.control.UndoBar;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.trust.TrustWords;
import io.darsena.bridge.trust.TrustRule;
import java.util.EnumMap;
import java.util.Map;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows the page that [io.darsena.app.screen.Navigation] names. What is changed on a page takes effect at once; what
/// is not valid is never kept.
public final class SettingsView {

    private final WindowContext context;
    private final RuleRemoval rules;
    private final Map<SettingsPage, ToggleButton> tabs = new EnumMap<>(SettingsPage.class);
    private final Map<SettingsPage, Node> pages = new EnumMap<>(SettingsPage.class);

    @FXML
    private VBox root;

    @FXML
    private FlowPane pageTabs;

    @FXML
    private StackPane place;

    @FXML
    private ScrollPane scroll;

    public SettingsView(WindowContext context) {
        this.context = context;
        this.rules = new RuleRemoval(context.commands(), context.pump());
    }

    @FXML
    private void initialize() {
        ToggleGroup group = new ToggleGroup();
        for (SettingsPage page : SettingsPage.values()) {
            ToggleButton tab = new ToggleButton(
                    context.messages().text("settings.page." + page.word()), new FontIcon(page.icon()));
            tab.getStyleClass().setAll("chip");
            tab.setId("settings-" + page.word());
            tab.setToggleGroup(group);
            tab.setOnAction(event -> context.navigation().showSettings(page.word()));
            tabs.put(page, tab);
            pageTabs.getChildren().add(tab);
        }
        UndoBar undo = new UndoBar(context.messages(), rules.removed().map(rule -> rule.map(this::gone)), rules::undo);
        undo.listenIn(root);
        undo.placeIn(place);
        scroll.setAccessibleText(context.messages().text("section.settings"));
        SceneLife.of(root)
                .during(() -> SceneLife.listen(
                        context.navigation().settingsPage(),
                        word -> show(SettingsPage.parse(word).orElse(SettingsPage.APPEARANCE))));
    }

    private String gone(TrustRule rule) {
        return context.messages().text("trust.rule.removed", TrustWords.scope(rule, context.messages()));
    }

    private void show(SettingsPage page) {
        tabs.forEach((each, tab) -> tab.setSelected(each == page));
        scroll.setContent(pages.computeIfAbsent(page, this::make));
        scroll.setVvalue(0);
    }

    private Node make(SettingsPage page) {
        return switch (page) {
            case APPEARANCE -> new AppearancePage(context);
            case DATA -> new DataPage(context);
            case LOGS -> new LogsPage(context);
            case TRASH -> new TrashPage(context);
            case TRUST -> new TrustPage(context, rules);
            case ENGINE -> new EnginePage(context);
            case ABOUT -> new AboutPage(context);
        };
    }
}
