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
import java.util.Optional;
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
import javafx.scene.control.ToggleButton;
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
        more.getStyleClass().add("notice");
        more.setWrapText(true);
        more.setMinHeight(Region.USE_PREF_SIZE);
        more.setMaxWidth(Double.MAX_VALUE);
        more.setText(messages.text("file.more", messages.quantities().memory(FileViewModel.MOST)));
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
                        more,
                        progress,
                        content);
        VBox.setVgrow(alone, Priority.ALWAYS);
        getChildren().addAll(head(close), tools(), new FailureBanner(messages, hand.place()), hand.strip(), alone);
        beside.ifPresent(this::addBeside);
        for (Node each : new Node[] {more, progress, lines, picturePlace, find, facts, alone}) {
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
        FlowPane tools = new FlowPane(find, save, facts);
        beside.ifPresent(pane -> tools.getChildren().add(1, besideOffer));
        tools.getStyleClass().add("file-tools");
        return tools;
    }

    private void save() {
        long bytes = model.reading()
                .get()
                .filter(FileViewModel.Reading::whole)
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
        more.setVisible(read.filter(known -> !known.whole()).isPresent());
        picturePlace.setVisible(false);
        read.ifPresent(known -> show(known.content()));
    }

    private void show(FileContent content) {
        String size = messages.quantities().size(content.bytes());
        switch (content) {
            case FileContent.Text text -> showLines(text, messages.text("file.text", text.count(), size));
            case FileContent.Hex hex -> showLines(hex, messages.text("file.hex", size));
            case FileContent.Picture shown -> decode(shown, size);
        }
    }

    private void showLines(FileContent content, String words) {
        facts.setText(words);
        lines.setPlaceholder(new Label(messages.text("file.empty")));
        lines.setItems(FXCollections.observableList(content.lines()));
        if (!lines.getItems().isEmpty()) {
            lines.getSelectionModel().clearAndSelect(0);
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
                            progress.setVisible(false);
                            Image image = decoded.get();
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
