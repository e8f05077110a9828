package io.darsena.app.commit;

import io.darsena.app.run.CommandWords;
import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.Question;
import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import io.darsena.app.text.ReductionWords;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.Committed;
import io.darsena.bridge.layer.DockerfileChanges;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// What is typed into the Commit… dialog, what a Dockerfile would say instead, and the making of the image. JavaFX
/// thread only.
final class CommitViewModel {

    private static final String AUTHOR = "commit.author";

    private static final ImageConfig NOTHING =
            new ImageConfig(List.of(), List.of(), List.of(), "", "", "", List.of(), List.of(), Map.of());

    private final EngineSession session;
    private final Commands commands;
    private final Messages messages;
    private final WindowMemory memory;
    private final Container container;
    private final List<FilePath> asked;
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty message = new SimpleStringProperty("");
    private final StringProperty author = new SimpleStringProperty("");
    private final StringProperty commandLine = new SimpleStringProperty("");
    private final StringProperty changes = new SimpleStringProperty("");
    private final BooleanProperty onlyChosen = new SimpleBooleanProperty();
    private final BooleanProperty pauses = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper nameProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper commandProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper changesProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper dockerfile = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<FileTree>> tree = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Committed>> made = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper committing = new ReadOnlyBooleanWrapper();
    private final FailurePlace place = new FailurePlace();
    private final Question<ChangedFiles> looking;
    private Optional<ChangedFiles> files = Optional.empty();
    private List<FilePath> chosen = List.of();
    private Optional<Command> command = Optional.empty();

    /// @param paths that were chosen; those of them count where something has changed
    CommitViewModel(
            EngineSession session,
            Commands commands,
            FxPump pump,
            Messages messages,
            WindowMemory memory,
            Container container,
            List<FilePath> paths) {
        this.session = session;
        this.commands = commands;
        this.messages = messages;
        this.memory = memory;
        this.container = container;
        this.asked = List.copyOf(paths);
        this.looking = new Question<>(commands, pump, Duration.ZERO);
        author.set(memory.text(AUTHOR).orElse(""));
        pauses.set(pauseRefused().isEmpty());
        name.subscribe(text -> nameProblem.set(problemOfName(text)));
        commandLine.subscribe(text -> {
            commandProblem.set(CommandWords.of(text).isFinished() ? "" : messages.text("commit.command.unfinished"));
            describe();
        });
        changes.subscribe(text -> {
            changesProblem.set(problemOfChanges(text));
            describe();
        });
        onlyChosen.subscribe((before, now) -> describe());
    }

    /// Asks what has changed.
    void look() {
        looking.ask(this::files, now -> {
            chosen = asked.stream().filter(path -> isChanged(now.tree(), path)).toList();
            files = Optional.of(now);
            tree.set(Optional.of(now.tree()));
            onlyChosen.set(!chosen.isEmpty());
            describe();
        });
    }

    private ChangedFiles files(Engine engine) {
        FileTree now = engine.layers().tree(new TreeSource.OfContainer(container.id()));
        return ChangedFiles.of(now, () -> engine.layers().tree(container.image(), now.layer() - 1));
    }

    private static boolean isChanged(FileTree now, FilePath path) {
        int node = now.find(path);
        return node != FileTree.NONE && (now.change(node) != FileChange.NONE || now.touched(node) > 0);
    }

    private void describe() {
        String user = base().map(ImageConfig::user).orElse("");
        dockerfile.set(files.map(now -> DockerfileLines.of(
                        new DockerfileLines.Image(image(), user, words(), changeLines()), now, paths()))
                .orElse(""));
    }

    /// As the container names its image, or by its id where that name is gone.
    private String image() {
        return container.spec().image();
    }

    private List<FilePath> paths() {
        return onlyChosen.get() ? chosen : List.of();
    }

    private List<String> words() {
        CommandWords read = CommandWords.of(commandLine.get());
        return read.isFinished() ? read.words() : List.of();
    }

    /// What is typed of changes, without what is no instruction.
    private List<String> changeLines() {
        return changes.get()
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank())
                .toList();
    }

    private String problemOfChanges(String text) {
        try {
            new DockerfileChanges(base().orElse(NOTHING)).apply(List.of(text));
            return "";
        } catch (IllegalArgumentException wrong) {
            return new EngineWords(messages).sentence(String.valueOf(wrong.getMessage()));
        }
    }

    private String problemOfName(String text) {
        if (text.isBlank()) {
            return "";
        }
        try {
            return ImageReference.parse(text.strip()).digest().isPresent() ? messages.text("commit.name.digest") : "";
        } catch (IllegalArgumentException unfit) {
            return messages.text("commit.name.unfit");
        }
    }

    /// Whether it runs, so that it may write while it is read.
    boolean isRunning() {
        return container.status() == ContainerStatus.RUNNING;
    }

    /// Why this host cannot pause a container; empty when it can.
    Optional<String> pauseRefused() {
        if (!(session.stage().get() instanceof EngineStage.Open open)) {
            return Optional.empty();
        }
        EngineDescription description = open.description();
        return description.hasControlGroups()
                ? Optional.empty()
                : Optional.of(description
                        .lackOfControlGroups()
                        .map(reduction -> ReductionWords.of(reduction, messages).reason())
                        .orElse(messages.text("commit.pause.refused")));
    }

    void commit() {
        if (!canCommit()) {
            return;
        }
        memory.remember(AUTHOR, author.get().strip());
        memory.saveSoon();
        Commit wanted = new Commit(
                name.get().isBlank()
                        ? Optional.empty()
                        : Optional.of(ImageReference.parse(name.get().strip())),
                message.get().strip(),
                author.get().strip(),
                config(),
                paths(),
                isRunning() && pauses.get() && pauseRefused().isEmpty());
        AtomicReference<@Nullable Committed> result = new AtomicReference<>();
        committing.set(true);
        Command begun = commands.run(
                place,
                engine -> result.set(engine.layers().commit(container.id(), wanted)),
                () -> made.set(Optional.ofNullable(result.get())));
        command = Optional.of(begun);
        begun.running().subscribe(running -> {
            if (!running) {
                committing.set(false);
            }
        });
    }

    private Optional<ImageConfig> base() {
        return Optional.ofNullable(session.images().get(container.image())).map(Image::config);
    }

    /// A command that is typed was meant for whatever entrypoint the changes say.
    private Optional<ImageConfig> config() {
        List<String> instructions = new ArrayList<>();
        if (!words().isEmpty()) {
            instructions.add("CMD " + DockerfileWords.json(words()));
        }
        instructions.add(changes.get());
        if (instructions.size() == 1 && changeLines().isEmpty()) {
            return Optional.empty();
        }
        return base().map(before -> {
            DockerfileChanges changed = new DockerfileChanges(before);
            changed.apply(instructions);
            return changed.config();
        });
    }

    boolean canCommit() {
        return nameProblem.get().isEmpty()
                && commandProblem.get().isEmpty()
                && changesProblem.get().isEmpty()
                && !committing.get()
                && made.get().isEmpty();
    }

    /// Stops what is under way.
    void close() {
        looking.withdraw();
        command.ifPresent(Command::cancel);
    }

    Container container() {
        return container;
    }

    /// Of those that were chosen where something has changed; known once [#tree] is.
    List<FilePath> chosen() {
        return chosen;
    }

    StringProperty name() {
        return name;
    }

    StringProperty message() {
        return message;
    }

    StringProperty author() {
        return author;
    }

    StringProperty commandLine() {
        return commandLine;
    }

    /// Instructions of a Dockerfile that say how the image is to be run.
    StringProperty changes() {
        return changes;
    }

    BooleanProperty onlyChosen() {
        return onlyChosen;
    }

    BooleanProperty pauses() {
        return pauses;
    }

    ReadOnlyStringProperty nameProblem() {
        return nameProblem.getReadOnlyProperty();
    }

    ReadOnlyStringProperty commandProblem() {
        return commandProblem.getReadOnlyProperty();
    }

    ReadOnlyStringProperty changesProblem() {
        return changesProblem.getReadOnlyProperty();
    }

    /// Empty while it is not known what has changed.
    ReadOnlyStringProperty dockerfile() {
        return dockerfile.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<FileTree>> tree() {
        return tree.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty committing() {
        return committing.getReadOnlyProperty();
    }

    /// The new image, and what is not in it.
    ReadOnlyObjectProperty<Optional<Committed>> made() {
        return made.getReadOnlyProperty();
    }

    FailurePlace place() {
        return place;
    }

    /// Of what it could not be asked.
    FailurePlace lookingPlace() {
        return looking.place();
    }
}
