package io.darsena.app.files;

import io.darsena.app.control.CopyButton;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.FindBar;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.screen.OpenedFile;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows one file above the window: text, a picture, or bytes. What is read is let go of when it closes; what is
/// being saved goes on, and [LateSaves] tells of it.
public final class FileViewer extends VBox {

    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination SAVE = new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);

    /// Pictures are not kept larger than that.
    private static final double MOST_WIDE = 1600;

    private static final double MOST_HIGH = 1200;

    private final WindowContext context;
    private final Messages messages;
    private final FileViewModel model;
    private final FileHand hand;
    private final TreeSource source;
    private final FilePath path;
    private final Label facts = new Label();
    private final Label more = new Label();
    private final Button before;
    private final Button behind;
    private final FlowPane parts;
    private final ToggleGroup looks = new ToggleGroup();
    private final HBox lookChoice = new HBox();
    private final ListView<FileLine> lines = new ListView<>();
    private final ImageView picture = new ImageView();
    private final StackPane picturePlace = new StackPane(picture);
    private final ProgressBar progress = new ProgressBar();
    private final FindBar find;
    private final Optional<BesidePane> beside;
    private final ToggleButton besideOffer = new ToggleButton();
    private final VBox alone = new VBox();

    private FileViewer(WindowContext context, OpenedFile file, LateSaves late, Runnable close) {
        this.context = context;
        this.messages = context.messages();
        this.source = file.source();
        this.path = file.path();
        this.beside = file.other().map(other -> new BesidePane(context, file, other, close));
        file.other().ifPresent(this::offer);
        this.model = new FileViewModel(context.commands(), context.pump(), source, path);
        this.hand = new FileHand(context);
        this.find = new FindBar(messages, messages.text("file.search"), model.words());
        getStyleClass().addAll("modal", "file-viewer");
        makeLines(close);
        makeFind();
        picture.setPreserveRatio(true);
        picturePlace.getStyleClass().add("picture-place");
        picturePlace.setMinSize(0, 0);
        picturePlace.setFocusTraversable(true);
        picturePlace.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        more.setId("file-part");
        before = part("file.before", "file-before", model::previousPart);
        behind = part("file.behind", "file-behind", model::nextPart);
        parts = new FlowPane(more, before, behind);
        parts.getStyleClass().addAll("notice", "file-tools");
        makeLooks();
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setAccessibleText(messages.text("file.reading"));
        StackPane content = new StackPane(lines, picturePlace);
        VBox.setVgrow(content, Priority.ALWAYS);
        Button retry = new Button(messages.text("files.retry"), new FontIcon(Feather.REFRESH_CW));
        retry.setOnAction(event -> model.open());
        alone.getChildren()
                .addAll(
                        new FailureBanner(messages, model.place())
                                .offering(retry, failure -> true)
                                .withoutDismissal(),
                        parts,
                        progress,
                        content);
        VBox.setVgrow(alone, Priority.ALWAYS);
        getChildren().addAll(head(close), tools(), new FailureBanner(messages, hand.place()), hand.strip(), alone);
        beside.ifPresent(this::addBeside);
        for (Node each : new Node[] {parts, lookChoice, progress, lines, picturePlace, find, facts, alone}) {
            each.managedProperty().bind(each.visibleProperty());
        }
        model.reading().subscribe(this::show);
        model.place()
                .failure()
                .subscribe(failure -> progress.setVisible(
                        failure.isEmpty() && model.reading().get().isEmpty()));
        addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            if (SAVE.match(key)) {
                save();
                key.consume();
            }
        });
        SceneLife.of(this).during(() -> () -> {
            model.close();
            beside.ifPresent(BesidePane::close);
            if (hand.isSaving()) {
                context.pump().run(() -> late.take(hand));
            }
        });
    }

    /// Saves what is shown.
    public FileHand hand() {
        return hand;
    }

    private Button part(String key, String id, Runnable action) {
        Button button = new Button(messages.text(key, messages.quantities().memory(FileViewModel.MOST)));
        button.getStyleClass().add("small");
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> {
            action.run();
            lines.requestFocus();
        });
        return button;
    }

    private void makeLooks() {
        lookChoice.getStyleClass().add("segments");
        for (Look look : Look.values()) {
            ToggleButton button = new ToggleButton(messages.text("file.look." + look));
            button.getStyleClass().add("segment");
            button.setId("look-" + look.name().toLowerCase(Locale.ROOT));
            button.setUserData(look);
            button.setToggleGroup(looks);
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.managedProperty().bind(button.visibleProperty());
            lookChoice.getChildren().add(button);
        }
        looks.selectedToggleProperty().subscribe((was, now) -> {
            if (now == null && was != null) {
                was.setSelected(true);
            } else if (now != null && now.getUserData() instanceof Look look && isOther(look)) {
                model.lookAs(look);
            }
        });
    }

    private boolean isOther(Look look) {
        return model.reading().get().filter(read -> read.look() != look).isPresent();
    }

    /// Only what it can be shown as is offered, if that is more than one.
    private void offerLooks(FileViewModel.Reading read) {
        Set<Look> possible = read.part().looks();
        for (Toggle toggle : looks.getToggles()) {
            if (toggle instanceof ToggleButton button && toggle.getUserData() instanceof Look look) {
                button.setVisible(possible.contains(look));
            }
            if (toggle.getUserData() == read.look()) {
                looks.selectToggle(toggle);
            }
        }
        lookChoice.setVisible(possible.size() > 1 && !besideOffer.isSelected());
    }

    private void offer(OpenedFile.Counterpart other) {
        besideOffer.setText(other.offer());
        besideOffer.setId("beside");
        besideOffer.getStyleClass().add("chip");
        besideOffer.setMinWidth(Region.USE_PREF_SIZE);
        besideOffer.setSelected(other.atOnce());
    }

    private void addBeside(BesidePane pane) {
        VBox.setVgrow(pane, Priority.ALWAYS);
        pane.managedProperty().bind(pane.visibleProperty());
        getChildren().add(pane);
        AtomicBoolean asked = new AtomicBoolean();
        besideOffer.selectedProperty().subscribe(both -> {
            pane.setVisible(both);
            alone.setVisible(!both);
            facts.setVisible(!both);
            find.setVisible(!both && !picturePlace.isVisible());
            model.reading().get().ifPresent(this::offerLooks);
            getStyleClass().remove("wide");
            if (both) {
                getStyleClass().add("wide");
                if (asked.compareAndSet(false, true)) {
                    pane.open();
                }
            }
        });
    }

    private void takeKeyboard() {
        if (besideOffer.isSelected()) {
            beside.ifPresent(BesidePane::takeKeyboard);
        } else {
            lines.requestFocus();
        }
    }

    /// Shows it above the window and begins to read.
    ///
    /// @param late tells of what is still being saved when it closes
    public static void open(WindowContext context, ModalLayer layer, OpenedFile file, LateSaves late) {
        FileViewer viewer = new FileViewer(context, file, late, layer::close);
        layer.show(viewer);
        viewer.model.open();
        context.pump().run(viewer::takeKeyboard);
    }

    private Node head(Runnable closing) {
        Label title = new Label(PlainText.path(path));
        title.getStyleClass().add("page-title");
        title.setId("file-title");
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        title.setTooltip(new Tooltip(PlainText.path(path)));
        title.setMinWidth(0);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        Button close = new Button("", new FontIcon(Feather.X));
        close.getStyleClass().addAll("flat", "icon-button");
        close.setId("close-file");
        close.setAccessibleText(messages.text("file.close"));
        close.setTooltip(new Tooltip(messages.text("file.close")));
        close.setOnAction(event -> closing.run());
        HBox head =
                new HBox(title, new CopyButton(messages.text("explorer.copyPath"), () -> ShellWord.of(path)), close);
        head.getStyleClass().add("modal-header");
        return head;
    }

    private Node tools() {
        Button save = new Button(messages.text("explorer.saveAs"), new FontIcon(Feather.DOWNLOAD));
        save.getStyleClass().add("small");
        save.setId("save-file");
        save.setMinWidth(Region.USE_PREF_SIZE);
        save.setOnAction(event -> save());
        facts.getStyleClass().addAll("muted", "small-text");
        facts.setId("file-facts");
        FlowPane tools = new FlowPane(find, lookChoice, save, facts);
        beside.ifPresent(pane -> tools.getChildren().add(1, besideOffer));
        tools.getStyleClass().add("file-tools");
        return tools;
    }

    private void save() {
        long bytes = model.reading()
                .get()
                .filter(read -> read.part().isWhole())
                .map(read -> (long) read.content().bytes())
                .orElse(0L);
        hand.save(source, path, false, bytes);
    }

    private void makeLines(Runnable close) {
        lines.getStyleClass().addAll("code-lines", "file-lines");
        lines.setId("file-lines");
        lines.setAccessibleText(PlainText.path(path));
        lines.setCellFactory(list -> new FileLineCell(model));
        lines.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        lines.setPlaceholder(new Label());
        // A list takes Escape for the end of an edit, which there is none of.
        lines.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                close.run();
                key.consume();
            }
        });
        lines.setOnKeyPressed(key -> {
            if (COPY.match(key)) {
                CopyButton.copy(String.join(
                        "\n",
                        lines.getSelectionModel().getSelectedItems().stream()
                                .map(FileLine::text)
                                .toList()));
                key.consume();
            }
        });
    }

    private void makeFind() {
        find.mindingCase().bindBidirectional(model.mindingCase());
        find.onNext(model::next);
        find.onPrevious(model::previous);
        find.found().bind(Bindings.createStringBinding(this::found, model.sought(), model.count(), model.line()));
        find.listenIn(this, lines::requestFocus);
        model.sought().subscribe(now -> lines.refresh());
        model.line().subscribe(now -> {
            if (now.intValue() >= 0) {
                lines.getSelectionModel().clearAndSelect(now.intValue());
                lines.scrollTo(Math.max(0, now.intValue() - 3));
            }
        });
    }

    private String found() {
        if (!model.sought().get()) {
            return "";
        }
        int count = model.count().get();
        return model.ordinal() == 0
                ? messages.text("find.count", count)
                : messages.text("find.at", model.ordinal(), count);
    }

    private void show(Optional<FileViewModel.Reading> read) {
        progress.setVisible(read.isEmpty());
        picturePlace.setVisible(false);
        parts.setVisible(read.filter(known -> !known.part().isWhole()).isPresent());
        if (read.isEmpty()) {
            lookChoice.setVisible(false);
        }
        read.ifPresent(known -> {
            offerLooks(known);
            tell(known.part());
            show(known.content());
        });
    }

    /// Which part of a large file it is.
    private void tell(FilePart part) {
        long from = part.start().offset();
        more.setText(
                from == 0
                        ? messages.text("file.more", messages.quantities().memory(FileViewModel.MOST))
                        : messages.text(
                                "file.part",
                                messages.quantities().memory(from),
                                messages.quantities().memory(from + part.size())));
        before.setDisable(!model.hasPartBefore());
        behind.setDisable(part.isLast());
    }

    private void show(FileContent content) {
        String size = messages.quantities().size(content.bytes());
        switch (content) {
            case FileContent.Text text -> showLines(text, words(text, size));
            case FileContent.Hex hex -> showLines(hex, messages.text("file.hex", size));
            case FileContent.Picture shown -> decode(shown, size);
        }
    }

    /// UTF-8 is what a text is in, unless something else is said.
    private String words(FileContent.Text text, String size) {
        return text.charset().equals(StandardCharsets.UTF_8)
                ? messages.text("file.text", text.count(), size)
                : messages.text("file.textIn", text.charset().name(), text.count(), size);
    }

    private void showLines(FileContent content, String words) {
        facts.setText(words);
        lines.setVisible(true);
        find.setVisible(!besideOffer.isSelected());
        lines.setPlaceholder(new Label(messages.text("file.empty")));
        lines.setItems(FXCollections.observableList(content.lines()));
        if (!lines.getItems().isEmpty()) {
            lines.getSelectionModel().clearAndSelect(0);
            lines.scrollTo(0);
        }
    }

    /// What says that it is a picture and is none is shown as bytes.
    private void decode(FileContent.Picture shown, String size) {
        progress.setVisible(true);
        AtomicReference<@Nullable Image> decoded = new AtomicReference<>();
        boolean large = shown.size().width() > MOST_WIDE || shown.size().height() > MOST_HIGH;
        context.commands()
                .run(
                        model.place(),
                        engine -> decoded.set(new Image(
                                new ByteArrayInputStream(shown.data()),
                                large ? MOST_WIDE : 0,
                                large ? MOST_HIGH : 0,
                                true,
                                true)),
                        () -> {
                            boolean wanted = model.reading()
                                    .get()
                                    .filter(read -> read.content().equals(shown))
                                    .isPresent();
                            Image image = decoded.get();
                            if (!wanted) {
                                return;
                            }
                            progress.setVisible(false);
                            if (image == null || image.isError()) {
                                showLines(shown, messages.text("file.hex", size));
                            } else {
                                show(image, shown, size);
                            }
                        });
    }

    /// As large as there is room, but not larger than it is.
    private void show(Image image, FileContent.Picture shown, String size) {
        String words = messages.text(
                "file.picture",
                shown.size().format(),
                Long.toString(shown.size().width()),
                Long.toString(shown.size().height()),
                size);
        facts.setText(words);
        picture.setImage(image);
        picturePlace.setAccessibleText(words);
        picture.setId("file-picture");
        picture.fitWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.clamp(picturePlace.getWidth() - 48, 1, image.getWidth()),
                        picturePlace.widthProperty()));
        picture.fitHeightProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.clamp(picturePlace.getHeight() - 48, 1, image.getHeight()),
                        picturePlace.heightProperty()));
        picturePlace.setVisible(true);
        if (!besideOffer.isSelected()) {
            picturePlace.requestFocus();
        }
        find.setVisible(false);
        lines.setVisible(false);
    }
}
