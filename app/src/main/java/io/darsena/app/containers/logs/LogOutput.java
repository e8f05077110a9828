package io.darsena.app.containers.logs;

import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.control.CopyButton;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Failure;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.ContainerId;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What of a log leaves the window: to the clipboard, and to a file. Both are made off the JavaFX thread.
final class LogOutput {

    static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final WindowContext context;
    private final Messages messages;
    private final LogsViewModel model;
    private final LogPane lines;
    private final HBox saved = new HBox();
    private final Label savedWords = new Label();

    /// Where the last log of this tab went.
    private Path folder = Path.of(System.getProperty("user.home", "/"));

    LogOutput(WindowContext context, LogsViewModel model, LogPane lines) {
        this.context = context;
        this.messages = context.messages();
        this.model = model;
        this.lines = lines;
        Button dismiss = new Button("", new FontIcon(Feather.X));
        dismiss.getStyleClass().addAll("flat", "icon-button");
        dismiss.setAccessibleText(messages.text("failure.dismiss"));
        dismiss.setTooltip(new Tooltip(messages.text("failure.dismiss")));
        dismiss.setOnAction(event -> forget());
        savedWords.setWrapText(true);
        savedWords.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(savedWords, Priority.ALWAYS);
        saved.getStyleClass().addAll("log-notice", "done");
        saved.getChildren().addAll(new FontIcon(Feather.CHECK), savedWords, dismiss);
        saved.managedProperty().bind(saved.visibleProperty());
        forget();
    }

    /// Says what was saved where, until it is dismissed.
    HBox saved() {
        return saved;
    }

    void forget() {
        saved.setVisible(false);
    }

    void copyChosen() {
        LogSelection chosen = lines.selection();
        if (!chosen.isEmpty()) {
            copy(chosen.from(), chosen.to());
        }
    }

    void copyAll() {
        copy(lines.first(), lines.end() - 1);
    }

    private void copy(long from, long to) {
        KeptLines kept = model.lines();
        LogStreams streams = model.streams().get();
        boolean times = model.timestamps().get();
        Thread.ofVirtual().name("darsena-log-copy").start(() -> {
            Optional<String> text = LogText.of(kept, streams, from, to, times);
            context.pump().run(() -> text.ifPresentOrElse(CopyButton::copy, this::tooMuch));
        });
    }

    private void tooMuch() {
        String most = messages.quantities().memory(LogText.MOST);
        model.place()
                .show(Failure.ofWindow(
                        "copy", "log", messages.text("logs.tooMuch", most), messages.text("logs.tooMuch.remedy")));
    }

    /// Whether what is there may be replaced the chooser asks.
    void save(ContainerRow row) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(messages.text("logs.save.title", row.now().name()));
        chooser.setInitialFileName(row.now().name() + ".log");
        if (Files.isDirectory(folder)) {
            chooser.setInitialDirectory(folder.toFile());
        }
        chooser.getExtensionFilters()
                .setAll(
                        new FileChooser.ExtensionFilter(messages.text("logs.file"), "*.log", "*.txt"),
                        new FileChooser.ExtensionFilter(messages.text("import.file.all"), "*"));
        File chosen = chooser.showSaveDialog(lines.getScene().getWindow());
        if (chosen != null) {
            Path file = chosen.toPath().toAbsolutePath();
            folder = file.resolveSibling(".").normalize();
            save(row.id(), file);
        }
    }

    void save(ContainerId id, Path file) {
        LogStreams streams = model.streams().get();
        boolean times = model.timestamps().get();
        AtomicLong written = new AtomicLong();
        forget();
        context.commands()
                .run(
                        model.place(),
                        engine -> written.set(LogFile.save(engine.containers()::logs, id, streams, times, file)),
                        () -> {
                            savedWords.setText(messages.text("logs.saved", written.get(), file));
                            saved.setVisible(true);
                        });
    }
}
