package io.darsena.app.files;

import io.darsena.app.screen.FileProperties;
import io.darsena.app.screen.OpenedFile;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Command;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.Engine;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeTar;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// Carries out what is asked of files at one place of the window: to open one, to save it, or a directory as a tar. One
/// is saved at a time: another one takes its place. JavaFX thread only.
public final class FileHand {

    private final WindowContext context;
    private final Messages messages;
    private final FailurePlace place = new FailurePlace();
    private final SaveStrip strip;
    private SaveChooser chooser = new DesktopSaveChooser();
    private Optional<Command> saving = Optional.empty();

    public FileHand(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.strip = new SaveStrip(messages, this::cancel);
        place.failure().subscribe(failure -> {
            if (failure.isPresent()) {
                strip.forget();
            }
        });
    }

    /// Who is asked where something goes, instead of the desktop.
    public void choosing(SaveChooser other) {
        chooser = other;
    }

    /// Of what could not be saved.
    public FailurePlace place() {
        return place;
    }

    /// Tells of what is saved; takes no room while there is nothing to tell.
    public Node strip() {
        return strip;
    }

    /// Something is being saved just now.
    boolean isSaving() {
        return saving.filter(command -> command.running().get()).isPresent();
    }

    /// Tells of something else that has been done with files here, in the place of what was saved.
    public void tell(String words) {
        if (!isSaving()) {
            strip.tell(words);
        }
    }

    /// What was saved is not told of any more. What is being saved goes on.
    public void forget() {
        if (!isSaving()) {
            strip.forget();
            place.clear();
        }
    }

    public void open(OpenedFile file) {
        context.navigation().openFile(file);
    }

    public void show(FileProperties about) {
        context.navigation().showProperties(about);
    }

    /// @param directory it is saved as a tar
    /// @param expected about how many bytes it will be
    public void save(TreeSource source, FilePath path, boolean directory, long expected) {
        String name = path.isRoot() ? "root" : fileName(path.name().toString());
        Optional<Path> chosen = chooser.choose(
                window(), messages.text("files.save.title", PlainText.path(path)), directory ? name + ".tar" : name);
        chosen.ifPresent(
                file -> save(PlainText.path(path), expected, engine -> stream(engine, source, path, directory), file));
    }

    /// Saves what an engine makes.
    ///
    /// @param title of the dialog that asks where it goes
    /// @param name that is proposed
    public void save(String title, String name, Function<Engine, InputStream> made) {
        Optional<Path> chosen = chooser.choose(window(), title, fileName(name));
        chosen.ifPresent(file -> save(name, 0, made, file));
    }

    private void save(String what, long expected, Function<Engine, InputStream> made, Path file) {
        cancel();
        AtomicLong written = new AtomicLong();
        AtomicLong leftOut = new AtomicLong();
        Consumer<Long> told = context.pump().latest(bytes -> {
            if (isSaving()) {
                strip.written(bytes);
            }
        });
        strip.begin(what, expected);
        Command command = context.commands()
                .run(
                        place,
                        engine -> {
                            try (InputStream in = made.apply(engine)) {
                                written.set(SavedFile.write(in, file, told::accept));
                                if (in instanceof TreeTar tar) {
                                    leftOut.set(tar.leftOut());
                                }
                            }
                        },
                        () -> strip.done(file, written.get(), leftOut.get()));
        saving = Optional.of(command);
    }

    private static InputStream stream(Engine engine, TreeSource source, FilePath path, boolean directory) {
        return directory
                ? engine.layers().archive(source, path)
                : engine.layers().content(source, path);
    }

    private void cancel() {
        saving.ifPresent(Command::cancel);
        saving = Optional.empty();
        strip.forget();
    }

    private @Nullable Window window() {
        return strip.getScene() == null ? null : strip.getScene().getWindow();
    }

    /// What a name of another system may hold, and this desktop's file names should not.
    private static String fileName(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        name.codePoints()
                .map(letter -> letter == '/' || !PlainText.isPlain(Character.toString(letter)) ? '_' : letter)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
