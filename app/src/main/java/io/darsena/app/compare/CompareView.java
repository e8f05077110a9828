package io.darsena.app.compare;

import io.darsena.app.action.CommonKeys;
import io.darsena.app.compare.ComparedPair.BothHere;
import io.darsena.app.compare.ComparedPair.WithUpdate;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.layers.FileWords;
import io.darsena.app.list.Notices;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.ComparedSides.AtRegistry;
import io.darsena.app.screen.ComparedSides.Side;
import io.darsena.app.screen.Navigation;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Failure;
import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RegistryHost;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Two images or containers beside each other, in the place of the list of images: which they are, what differs in
/// sum, and in three tabs what differs in files, configuration and layers.
public final class CompareView {

    private final WindowContext context;
    private final Messages messages;
    private final Navigation navigation;
    private final CompareViewModel model;
    private final DifferenceWords words;
    private final FilesPane files;
    private @Nullable ComparedSides begun;

    @FXML
    private VBox root;

    @FXML
    private Button back;

    @FXML
    private Label beforeFacts;

    @FXML
    private Label beforeName;

    @FXML
    private Button swap;

    @FXML
    private Button refresh;

    @FXML
    private Label afterFacts;

    @FXML
    private Label afterName;

    @FXML
    private Label growth;

    @FXML
    private Label summary;

    @FXML
    private VBox banner;

    @FXML
    private Tab filesTab;

    @FXML
    private Tab configTab;

    @FXML
    private Tab layersTab;

    public CompareView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.navigation = context.navigation();
        this.model = new CompareViewModel(context.session(), context.commands(), context.pump(), context.transfers());
        model.onArrival(context.navigation()::continueCompared);
        this.words = new DifferenceWords(messages);
        this.files = new FilesPane(context, model);
    }

    @FXML
    private void initialize() {
        Button retry = new Button(messages.text("transfer.retry"), new FontIcon(Feather.REFRESH_CW));
        retry.setId("compare-retry");
        retry.setOnAction(event -> model.retry());
        Notices.fill(
                banner,
                new FailureBanner(messages, model.place())
                        .offering(retry, failure -> true)
                        .offering(logIn(), Failure::wantsLogin));
        back.setAccessibleText(messages.text("compare.back"));
        back.setTooltip(new Tooltip(messages.text("compare.back")));
        swap.setAccessibleText(messages.text("compare.swap"));
        swap.setTooltip(new Tooltip(messages.text("compare.swap")));
        refresh.setAccessibleText(messages.text("compare.refresh"));
        refresh.setTooltip(new Tooltip(messages.text("compare.refresh")));
        refresh.managedProperty().bind(refresh.visibleProperty());
        root.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (CommonKeys.REFRESH.match(key)) {
                model.refresh();
                key.consume();
            }
        });
        for (Label words : new Label[] {beforeFacts, beforeName, afterFacts, afterName}) {
            Tooltip whole = new Tooltip();
            whole.textProperty().bind(words.textProperty());
            words.setTooltip(whole);
        }
        UnpulledFiles unpulled = new UnpulledFiles(context, model, this::takeKeyboard);
        filesTab.setContent(new StackPane(files, unpulled));
        files.visibleProperty().bind(unpulled.visibleProperty().not());
        configTab.setContent(new ConfigPane(messages, model));
        layersTab.setContent(scrolled(new LayersView(messages, navigation, model)));
        model.pair().subscribe(pair -> pair.ifPresent(this::show));
        model.pair().subscribe(() -> sum());
        model.files().subscribe(() -> sum());
        model.place().failure().subscribe(() -> sum());
        SceneLife.of(root).during(this::follow);
        SceneLife.of(files.table()).during(() -> {
            context.pump().run(this::takeKeyboard);
            return () -> {};
        });
    }

    /// As high as there is room, and where that is too little, scrolled.
    private static ScrollPane scrolled(Node whole) {
        ScrollPane place = new ScrollPane(whole);
        place.setFitToWidth(true);
        place.setFitToHeight(true);
        place.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        place.setFocusTraversable(false);
        place.getStyleClass().add("page-scroll");
        return place;
    }

    private Button logIn() {
        Button logIn = new Button(messages.text("login.verb"), new FontIcon(Feather.LOG_IN));
        logIn.setId("compare-login");
        logIn.setOnAction(event -> navigation
                .compared()
                .get()
                .flatMap(ComparedSides::atRegistry)
                .ifPresent(there -> navigation.login(RegistryHost.of(there.reference()), model::retry)));
        return logIn;
    }

    private AutoCloseable follow() {
        AutoCloseable following = model.follow();
        AutoCloseable listening = SceneLife.listen(navigation.compared(), pair -> pair.ifPresent(this::name));
        return () -> {
            listening.close();
            following.close();
        };
    }

    /// Which they are is told even when they are not there.
    private void name(ComparedSides images) {
        beforeName.setText(images.before().name());
        afterName.setText(images.after().name());
        refresh.setVisible(images.hasContainer());
        begin(images);
        model.show(images);
        if (model.pair().get().isEmpty()) {
            beforeFacts.setText(messages.text("compare.before"));
            afterFacts.setText(messages.text("compare.after"));
            growth.setText("–");
            configTab.setText(messages.text("compare.tab.config"));
        } else {
            model.pair().get().ifPresent(this::show);
        }
    }

    private void show(ComparedPair pair) {
        Side before = pair.names().before();
        Side after = pair.names().after();
        if (before.name().equals(after.name())) {
            beforeName.setText(before.name() + FileWords.SEPARATOR + pair.shortId(before));
            afterName.setText(after.name() + FileWords.SEPARATOR + pair.shortId(after));
        }
        beforeFacts.setText(messages.text("compare.beforeFacts", facts(pair, before)));
        afterFacts.setText(messages.text("compare.afterFacts", facts(pair, after)));
        growth.setText(
                pair.growth().isPresent()
                        ? messages.quantities().growth(pair.growth().getAsLong())
                        : "–");
        configTab.setText(
                pair.config().differences() == 0
                        ? messages.text("compare.tab.config")
                        : messages.text(
                                "compare.tab.configCounted", pair.config().differences()));
    }

    /// How large it is; of an update also where.
    private String facts(ComparedPair pair, Side side) {
        boolean there = side instanceof AtRegistry;
        return switch (pair) {
            case BothHere both -> {
                Subject subject = both.subject(side);
                String size = subject.size().isPresent()
                        ? messages.quantities().size(subject.size().getAsLong())
                        : "–";
                if (subject.container().isPresent()) {
                    yield messages.text("compare.containerFacts", size);
                }
                yield both.names().atRegistry().isEmpty()
                        ? size
                        : messages.text(there ? "compare.atRegistry" : "compare.here", size);
            }
            case WithUpdate update ->
                messages.text(
                        there ? "compare.storedThere" : "compare.storedHere",
                        messages.quantities().size(update.stored(side)));
        };
    }

    private void sum() {
        boolean failed = model.place().failure().get().isPresent();
        Optional<String> told = model.pair().get().flatMap(pair -> switch (pair) {
            case BothHere both -> model.files().get().map(known -> words.summary(both, known));
            case WithUpdate update -> Optional.of(words.summary(update));
        });
        String waiting = model.pair().get().isEmpty() ? "compare.asking" : "compare.reading";
        summary.setText(told.orElse(failed ? "" : messages.text(waiting)));
    }

    /// Of an update its files are what is known last: the eye and the keyboard begin elsewhere.
    private void begin(ComparedSides images) {
        boolean begins = images.atRegistry().isPresent()
                && !images.equals(begun)
                && !images.swapped().equals(begun);
        begun = images;
        if (begins) {
            filesTab.getTabPane().getSelectionModel().select(configTab);
        }
    }

    /// A dialog that was opened meanwhile keeps it.
    private void takeKeyboard() {
        if (!ModalLayer.covers(root)) {
            (filesTab.isSelected() ? files.table() : filesTab.getTabPane()).requestFocus();
        }
    }

    /// To the list that has the container, if there is one.
    @FXML
    private void back() {
        boolean container =
                navigation.compared().get().filter(ComparedSides::hasContainer).isPresent();
        navigation.go(container ? Section.CONTAINERS : Section.IMAGES);
    }

    @FXML
    private void refresh() {
        model.refresh();
    }

    @FXML
    private void swap() {
        navigation.swapCompared();
    }
}
