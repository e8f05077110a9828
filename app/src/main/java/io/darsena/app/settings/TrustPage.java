package io.darsena.app.settings;

import io.darsena.app.control.Choice;
import io.darsena.app.control.Confirmation;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.UndoBar;
import io.darsena.app.list.ListCells;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Failure;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.Messages;
import io.darsena.app.trust.KeyDialog;
import io.darsena.app.trust.TrustWords;
import io.darsena.bridge.trust.SigningKey;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustRule.Demand;
import io.darsena.bridge.trust.TrustSettings;
import io.darsena.bridge.trust.TrustedKey;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Whose signatures count, and where they are demanded. What is chosen holds from the next pull or push on.
final class TrustPage extends VBox {

    private static final int LARGEST_FILE = 64 << 10;
    private static final String DELETION = "trust.signing.remove";
    private static final String REMOVE = "trust-remove-";

    private final WindowContext context;
    private final Messages messages;
    private final FailurePlace place = new FailurePlace();
    private final VBox rules = new VBox();
    private final VBox trusted = new VBox();
    private final VBox signing = new VBox();
    private final TextField scope = new TextField();
    private final Label problem = SettingsCard.wrapped("");
    private final Label meaning = SettingsCard.wrapped("");
    private final Button add;
    private final RuleRemoval removal;
    private TrustSettings shown = TrustSettings.DEFAULT;
    private List<SigningKey> keys = List.of();

    TrustPage(WindowContext context, RuleRemoval removal) {
        getStyleClass().add("settings");
        this.context = context;
        this.messages = context.messages();
        this.removal = removal;
        add = button("trust-add-rule", "trust.rule.add", Feather.PLUS);
        rules.getStyleClass().add("trust-rows");
        trusted.getStyleClass().add("trust-rows");
        signing.getStyleClass().add("trust-rows");
        getChildren()
                .addAll(
                        new FailureBanner(messages, place),
                        new FailureBanner(messages, removal.place()),
                        new SettingsCard(messages.text("trust.rules"))
                                .with(
                                        SettingsCard.muted(messages.text("trust.rules.what")),
                                        rules,
                                        adding(),
                                        problem,
                                        meaning),
                        new SettingsCard(messages.text("trust.keys"))
                                .with(SettingsCard.muted(messages.text("trust.keys.what")), trusted, importing()),
                        new SettingsCard(messages.text("trust.signing"))
                                .with(SettingsCard.muted(messages.text("trust.signing.what")), signing, making()));
        SceneLife.of(this).during(() -> {
            askForKeys();
            return SceneLife.listen(context.session().settings(), set -> {
                shown = set.trust();
                fill();
            });
        });
    }

    private Button button(String id, String key, Ikon icon) {
        Button button = new Button(messages.text(key), new FontIcon(icon));
        button.setId(id);
        return button;
    }

    /// What bears a name, with what can be done to it at the end of the line.
    private HBox named(String name, Node... deeds) {
        Label label = SettingsCard.wrapped(name);
        label.getStyleClass().add("strong");
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        HBox line = new HBox(label);
        line.getChildren().addAll(deeds);
        line.getStyleClass().add("named-line");
        return line;
    }

    private static FlowPane line(Node... nodes) {
        FlowPane line = new FlowPane(nodes);
        line.getStyleClass().add("switched");
        return line;
    }

    private Node adding() {
        scope.setId("trust-scope");
        scope.setPromptText("ghcr.io/team");
        scope.setPrefColumnCount(24);
        scope.setAccessibleText(messages.text("trust.rule.scope"));
        scope.setOnAction(event -> add.fire());
        // A text field keeps the key of undoing for itself, also where it has nothing to undo.
        scope.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (UndoBar.UNDO.match(key) && !scope.isUndoable()) {
                removal.undo();
                key.consume();
            }
        });
        problem.getStyleClass().add("problem");
        meaning.setId("trust-meaning");
        meaning.getStyleClass().add("muted");
        scope.textProperty().subscribe(text -> {
            Optional<TrustRule> rule = typed(text);
            add.setDisable(rule.isEmpty());
            boolean wrong = rule.isEmpty() && !text.isBlank();
            say(problem, wrong ? messages.text("trust.rule.problem") : "");
            say(meaning, rule.flatMap(each -> meaning(each, text.strip())).orElse(""));
        });
        add.setOnAction(event -> typed(scope.getText()).ifPresent(rule -> {
            change(now -> now.with(rule));
            scope.clear();
        }));
        return line(scope, add);
    }

    private static void say(Label label, String text) {
        label.setText(text);
        label.setVisible(!text.isEmpty());
        label.setManaged(!text.isEmpty());
    }

    /// What a rule speaks of where that is not as it was typed.
    private Optional<String> meaning(TrustRule rule, String typed) {
        return rule.official()
                .map(official -> messages.text("trust.rule.meaning.official", official, rule.scope()))
                .or(() -> Optional.of(rule.scope())
                        .filter(scope -> !scope.equals(typed))
                        .map(scope -> messages.text("trust.rule.meaning", scope)));
    }

    private static Optional<TrustRule> typed(String text) {
        try {
            return Optional.of(new TrustRule(text.strip(), Demand.WARN, List.of(), Optional.empty()));
        } catch (IllegalArgumentException not) {
            return Optional.empty();
        }
    }

    private void change(UnaryOperator<TrustSettings> edit) {
        context.commands().change(place, settings -> settings.withTrust(edit.apply(settings.trust())));
    }

    private void askForKeys() {
        AtomicReference<List<SigningKey>> found = new AtomicReference<>(List.of());
        context.commands().run(place, engine -> found.set(engine.trust().signingKeys()), () -> {
            keys = found.get();
            fill();
        });
    }

    /// Who is at a control stays there; whose rule has gone is at the next one, or where one is made.
    private void fill() {
        Optional<String> focused =
                Optional.ofNullable(getScene()).map(Scene::getFocusOwner).map(Node::getId);
        List<Node> ruleRows = new ArrayList<>();
        shown.rules().forEach(rule -> ruleRows.add(row(ruleRows.size(), rule)));
        fill(rules, ruleRows, "trust.rules.none");
        fill(trusted, shown.keys().stream().map(this::row).toList(), "trust.keys.none");
        fill(signing, keys.stream().map(this::row).toList(), "trust.signing.none");
        focused.ifPresent(this::focusAgain);
    }

    private void focusAgain(String id) {
        Optional<Node> same = Optional.ofNullable(rules.lookup("#" + id));
        if (same.isPresent() || !id.startsWith(REMOVE)) {
            same.ifPresent(Node::requestFocus);
        } else {
            Optional.ofNullable(rules.lookup("#" + REMOVE + (shown.rules().size() - 1)))
                    .orElse(scope)
                    .requestFocus();
        }
    }

    private void fill(VBox box, List<Node> rows, String none) {
        box.getChildren().setAll(rows.isEmpty() ? List.of(SettingsCard.wrapped(messages.text(none))) : rows);
    }

    /// A rule comes back by undo, and a public key can be imported again; a private one is gone.
    private Button removal(String key, String name, Runnable action) {
        boolean forGood = key.equals(DELETION);
        Button remove = ListCells.button(forGood ? Feather.X_CIRCLE : Feather.MINUS_CIRCLE);
        if (forGood) {
            remove.getStyleClass().add("for-good");
        }
        remove.setFocusTraversable(true);
        ListCells.name(remove, messages.text(key, name));
        remove.setOnAction(event -> action.run());
        return remove;
    }

    /// @param number of the rule, by which its controls are found again
    private Node row(int number, TrustRule rule) {
        String named = TrustWords.scope(rule, messages);
        ComboBox<Demand> demand = Choice.of(
                List.of(Demand.values()),
                each -> messages.text("trust.demand." + each.name().toLowerCase(Locale.ROOT)));
        demand.setValue(rule.demand());
        demand.setId("trust-demand-" + number);
        demand.setAccessibleText(messages.text("trust.rule.demand", named));
        demand.setOnAction(event ->
                change(now -> now.with(new TrustRule(rule.scope(), demand.getValue(), rule.keys(), rule.signWith()))));
        ComboBox<String> signer = new ComboBox<>();
        signer.getItems().add("");
        keys.forEach(key -> signer.getItems().add(key.name()));
        rule.signWith().filter(key -> !signer.getItems().contains(key)).ifPresent(signer.getItems()::add);
        Choice.say(
                signer,
                key -> key.isEmpty()
                        ? messages.text("trust.rule.unsigned")
                        : messages.text("trust.rule.signWith", key));
        signer.setValue(rule.signWith().orElse(""));
        signer.setId("trust-signer-" + number);
        signer.setAccessibleText(messages.text("trust.rule.signing", named));
        signer.setOnAction(event -> change(now -> now.with(new TrustRule(
                rule.scope(),
                rule.demand(),
                rule.keys(),
                Optional.of(signer.getValue()).filter(key -> !key.isEmpty())))));
        Button remove = removal("trust.rule.remove", named, () -> removal.remove(rule));
        remove.setId(REMOVE + number);
        VBox row = new VBox(named(named, remove), line(demand, counting(number, rule, named), signer));
        row.getStyleClass().add("trust-rule");
        return row;
    }

    /// Which keys count: none ticked is all.
    private MenuButton counting(int number, TrustRule rule, String named) {
        MenuButton menu = new MenuButton(
                rule.keys().isEmpty() ? messages.text("trust.rule.anyKey") : String.join(", ", rule.keys()));
        menu.setId("trust-counting-" + number);
        menu.setAccessibleText(messages.text("trust.rule.keys", named));
        menu.setDisable(shown.keys().isEmpty());
        for (TrustedKey key : shown.keys()) {
            CheckMenuItem item = new CheckMenuItem(key.name());
            item.setSelected(rule.keys().contains(key.name()));
            item.setOnAction(event -> change(now -> {
                List<String> chosen = new ArrayList<>(rule.keys());
                chosen.remove(key.name());
                if (item.isSelected()) {
                    chosen.add(key.name());
                }
                return now.with(new TrustRule(rule.scope(), rule.demand(), chosen, rule.signWith()));
            }));
            menu.getItems().add(item);
        }
        return menu;
    }

    private Node row(TrustedKey key) {
        return named(
                key.name(),
                removal(
                        "trust.key.remove",
                        key.name(),
                        () -> Confirmation.ask(
                                getScene().getWindow(),
                                messages.text("trust.key.confirm.title", key.name()),
                                messages.text("trust.key.confirm.text"),
                                messages.text("trust.key.confirm.verb"),
                                messages.text("confirm.cancel"),
                                () -> change(now -> now.withoutKey(key.name())))));
    }

    private Node importing() {
        Button open = button("trust-import-public", "trust.key.import", Feather.UPLOAD);
        open.setOnAction(event -> choose((pem, name) -> {
            try {
                TrustedKey key = new TrustedKey(name, pem);
                change(now -> now.with(key));
            } catch (IllegalArgumentException wrong) {
                place.show(Failure.of(wrong));
            }
        }));
        return line(open);
    }

    private Node row(SigningKey key) {
        Label state = new Label(
                messages.text(key.unlocked() ? "trust.key.unlocked" : "trust.key.locked"),
                new FontIcon(key.unlocked() ? Feather.UNLOCK : Feather.LOCK));
        state.getStyleClass().add("muted");
        Button unlock = new Button(messages.text("trust.key.unlock"));
        unlock.setVisible(!key.unlocked());
        unlock.setManaged(!key.unlocked());
        unlock.setAccessibleText(messages.text("key.unlock.title", key.name()));
        unlock.setOnAction(event -> KeyDialog.unlock(context, this, key.name(), this::askForKeys));
        return named(
                key.name(),
                state,
                unlock,
                removal(
                        DELETION,
                        key.name(),
                        () -> Confirmation.ask(
                                getScene().getWindow(),
                                messages.text("trust.signing.confirm.title", key.name()),
                                messages.text("trust.signing.confirm.text"),
                                messages.text("trust.signing.confirm.verb"),
                                messages.text("confirm.cancel"),
                                () -> context.commands()
                                        .run(place, engine -> engine.trust().delete(key.name()), this::askForKeys))));
    }

    private Node making() {
        Button make = button("trust-make-key", "trust.key.make", Feather.PLUS);
        make.setOnAction(event -> KeyDialog.make(context, this, this::askForKeys));
        Button take = button("trust-import-key", "trust.key.take", Feather.UPLOAD);
        take.setOnAction(event -> choose((pem, name) -> KeyDialog.take(context, this, pem, name, this::askForKeys)));
        return line(make, take);
    }

    /// @param then gets the file's text, and its name without what stands behind the dot
    private void choose(BiConsumer<String, String> then) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(messages.text("trust.key.choose"));
        File file = chooser.showOpenDialog(getScene().getWindow());
        if (file == null) {
            return;
        }
        String name = file.getName().replaceFirst("\\.[^.]*$", "").replaceAll("[^A-Za-z0-9._-]", "-");
        AtomicReference<String> text = new AtomicReference<>("");
        context.commands().run(place, engine -> text.set(read(file)), () -> then.accept(text.get(), name));
    }

    private static String read(File file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file.toPath())) {
            return new String(bytes.readNBytes(LARGEST_FILE), StandardCharsets.US_ASCII);
        }
    }
}
