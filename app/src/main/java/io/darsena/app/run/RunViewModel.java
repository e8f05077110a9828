package io.darsena.app.run;

import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.NewContainer;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import io.darsena.app.text.ReductionWords;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.EngineDescription.Reduction;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the Run… dialog holds: the typed fields, what is wrong with each, and the container that they describe.
/// JavaFX thread only.
public final class RunViewModel {

    private final EngineSession session;
    private final Commands commands;
    private final Transfers transfers;
    private final Messages messages;
    private final RunProblems problems;
    private final Map<RunField, StringProperty> texts = new EnumMap<>(RunField.class);
    private final Map<RunField, ReadOnlyStringWrapper> wrong = new EnumMap<>(RunField.class);
    private final ObservableList<Variable> environment =
            FXCollections.observableArrayList(row -> new Observable[] {row.name(), row.value()});
    private final ReadOnlyStringWrapper environmentProblem = new ReadOnlyStringWrapper("");
    private final ObjectProperty<NetworkMode> network = new SimpleObjectProperty<>(NetworkMode.NONE);
    private final BooleanProperty autoRemove = new SimpleBooleanProperty();
    private final BooleanProperty readOnlyRoot = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<ImageReference>> missing =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<TransferJob>> journey = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final FailurePlace place = new FailurePlace();
    private Optional<RunChoices> choices = Optional.empty();
    private RunChoices.Choice recalled = RunChoices.Choice.NONE;

    /// @param image to begin with, by name or id; absent: the image that came first into the cache
    public RunViewModel(
            EngineSession session, Commands commands, Transfers transfers, Messages messages, Optional<String> image) {
        this.session = session;
        this.commands = commands;
        this.transfers = transfers;
        this.messages = messages;
        this.problems = new RunProblems(session);
        for (RunField field : RunField.values()) {
            StringProperty text = new SimpleStringProperty("");
            texts.put(field, text);
            wrong.put(field, new ReadOnlyStringWrapper(""));
            text.addListener(change -> check());
        }
        environment.addListener((ListChangeListener<Variable>) change -> check());
        text(RunField.IMAGE).set(image.or(this::first).orElse(""));
        check();
    }

    private Optional<String> first() {
        return session.images().values().stream()
                .min(Comparator.comparing(Image::importedAt))
                .map(Image::displayName);
    }

    /// Begins with how the chosen image was run the last time, and does so whenever another image is chosen before
    /// anything was typed.
    public void recall(RunChoices kept) {
        choices = Optional.of(kept);
        text(RunField.IMAGE).addListener(change -> recall());
        recall();
    }

    private void recall() {
        String image = text(RunField.IMAGE).get().strip();
        if (typed().equals(recalled) && problems.image(image).isPresent()) {
            recalled = choices.flatMap(kept -> kept.of(image)).orElse(RunChoices.Choice.NONE);
            recalled.texts().forEach((field, text) -> text(field).set(text));
            autoRemove.set(recalled.autoRemove());
            readOnlyRoot.set(recalled.readOnlyRoot());
        }
    }

    private RunChoices.Choice typed() {
        Map<RunField, String> now = new EnumMap<>(RunField.class);
        RunChoices.fields().forEach(field -> now.put(field, text(field).get()));
        return new RunChoices.Choice(now, autoRemove.get(), readOnlyRoot.get());
    }

    private void check() {
        boolean right = !text(RunField.IMAGE).get().isBlank();
        for (RunField field : RunField.values()) {
            String key = problems.of(field, text(field).get()).orElse("");
            wrong(field).set(key.isEmpty() ? "" : messages.text(key));
            right &= key.isEmpty();
        }
        boolean entries = environment.stream().allMatch(Variable::isValid);
        environmentProblem.set(entries ? "" : messages.text("run.problem.environment"));
        valid.set(right && entries);
        missing.set(problems.missing(text(RunField.IMAGE).get().strip()));
    }

    private ReadOnlyStringWrapper wrong(RunField field) {
        return Objects.requireNonNull(wrong.get(field));
    }

    public StringProperty text(RunField field) {
        return Objects.requireNonNull(texts.get(field));
    }

    /// What is wrong with a field, in words; empty when nothing is.
    public ReadOnlyStringProperty problem(RunField field) {
        return wrong(field).getReadOnlyProperty();
    }

    public ObservableList<Variable> environment() {
        return environment;
    }

    public ReadOnlyStringProperty environmentProblem() {
        return environmentProblem.getReadOnlyProperty();
    }

    public Variable addVariable() {
        Variable added = new Variable();
        environment.add(added);
        return added;
    }

    /// Takes several pasted lines; blank rows make way for them. Says whether there was anything to take.
    public boolean paste(String lines) {
        List<Variable> pasted = Variable.parse(lines);
        if (pasted.isEmpty()) {
            return false;
        }
        environment.removeIf(Variable::isBlank);
        environment.addAll(pasted);
        return true;
    }

    public ObjectProperty<NetworkMode> network() {
        return network;
    }

    public BooleanProperty autoRemove() {
        return autoRemove;
    }

    public BooleanProperty readOnlyRoot() {
        return readOnlyRoot;
    }

    public ReadOnlyBooleanProperty valid() {
        return valid.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    public FailurePlace place() {
        return place;
    }

    /// Names of the images in the cache, sorted; of an image without a name its short id.
    public List<String> imageNames() {
        return session.images().values().stream()
                .flatMap(image -> image.names().isEmpty()
                        ? List.of(image.id().shortId()).stream()
                        : image.names().stream().map(name -> name.familiar()))
                .sorted()
                .toList();
    }

    /// What would be executed: the image's entrypoint, then the typed command or else the image's.
    public List<String> understood() {
        CommandWords typed = CommandWords.of(text(RunField.COMMAND).get());
        Optional<Image> image = problems.image(text(RunField.IMAGE).get().strip());
        List<String> words =
                new ArrayList<>(image.map(known -> known.config().entrypoint()).orElse(List.of()));
        words.addAll(
                typed.words().isEmpty()
                        ? image.map(known -> known.config().command()).orElse(List.of())
                        : typed.words());
        return words;
    }

    /// The image's own command as a line; empty when it names none.
    public String defaultCommand() {
        return problems.image(text(RunField.IMAGE).get().strip())
                .map(image -> CommandWords.line(image.config().command()))
                .orElse("");
    }

    /// Why this host cannot enforce limits; empty when it can.
    public Optional<String> limitsRefused() {
        if (!(session.stage().get() instanceof EngineStage.Open open)) {
            return Optional.empty();
        }
        EngineDescription description = open.description();
        return description.hasControlGroups()
                ? Optional.empty()
                : Optional.of(description
                        .lackOfControlGroups()
                        .map(this::explain)
                        .orElse(messages.text("run.limits.refused")));
    }

    private String explain(Reduction reduction) {
        return ReductionWords.of(reduction, messages).reason() + " " + messages.text("run.limits.see");
    }

    /// The container that is described; only when all is valid.
    public ContainerSpec spec() {
        ContainerSpec spec = ContainerSpec.of(text(RunField.IMAGE).get().strip());
        spec = with(spec, RunField.NAME, ContainerSpec::withName);
        spec = with(spec, RunField.HOSTNAME, ContainerSpec::withHostname);
        spec = with(spec, RunField.USER, ContainerSpec::withUser);
        spec = with(spec, RunField.WORKING_DIRECTORY, ContainerSpec::withWorkingDirectory);
        List<String> command = CommandWords.of(text(RunField.COMMAND).get()).words();
        if (!command.isEmpty()) {
            spec = spec.withCommand(command);
        }
        return spec.withEnvironment(environment.stream()
                        .filter(row -> !row.isBlank())
                        .map(Variable::entry)
                        .toList())
                .withLimits(limits())
                .withNetwork(network.get())
                .withAutoRemove(autoRemove.get())
                .withReadOnlyRoot(readOnlyRoot.get());
    }

    private ContainerSpec with(
            ContainerSpec spec, RunField field, BiFunction<ContainerSpec, String, ContainerSpec> wither) {
        String typed = text(field).get().strip();
        return typed.isEmpty() ? spec : wither.apply(spec, typed);
    }

    private ResourceLimits limits() {
        if (limitsRefused().isPresent()) {
            return ResourceLimits.NONE;
        }
        OptionalLong memory = TypedLimits.memory(text(RunField.MEMORY).get());
        OptionalDouble cpus = TypedLimits.cpus(text(RunField.CPUS).get());
        OptionalLong processes = TypedLimits.count(text(RunField.PROCESSES).get());
        return new ResourceLimits(memory, OptionalLong.empty(), cpus, processes);
    }

    /// The image that is to be run and is not here: it is pulled first.
    public ReadOnlyObjectProperty<Optional<ImageReference>> missing() {
        return missing.getReadOnlyProperty();
    }

    /// The pull that is under way for the container, or has failed.
    public ReadOnlyObjectProperty<Optional<TransferJob>> journey() {
        return journey.getReadOnlyProperty();
    }

    /// Creates and starts the container, and pulls its image first where it is not here; `started` hears its
    /// identity. A container that could not be started is removed again, so that the next attempt finds its
    /// name free; the failure stays in [#place].
    ///
    /// @return what cancels it
    public Runnable run(Consumer<? super ContainerId> started) {
        ContainerSpec spec = spec();
        String image = text(RunField.IMAGE).get().strip();
        RunChoices.Choice choice = typed();
        Consumer<ContainerId> begun = id -> {
            choices.ifPresent(kept -> kept.keep(image, choice));
            started.accept(id);
        };
        return missing.get().map(name -> pullAndRun(name, spec, begun)).orElseGet(() -> {
            journey.set(Optional.empty());
            Command command = commands.runContainer(place, spec, begun);
            busy.bind(command.running());
            return command::cancel;
        });
    }

    private Runnable pullAndRun(ImageReference name, ContainerSpec spec, Consumer<ContainerId> begun) {
        place.clear();
        journey.get().ifPresent(transfers::dismiss);
        AtomicReference<@Nullable ContainerId> made = new AtomicReference<>();
        TransferJob job =
                transfers.pull(PullRequest.of(name), (engine, told) -> made.set(NewContainer.run(engine, spec, told)));
        journey.set(Optional.of(job));
        busy.bind(job.phase().map(phase -> phase == TransferJob.Phase.UNDER_WAY));
        job.phase().subscribe(phase -> {
            switch (phase) {
                case DONE ->
                    Optional.ofNullable(made.get()).ifPresent(id -> session.whenStarted(id, () -> begun.accept(id)));
                case FAILED -> job.place().failure().get().ifPresent(place::show);
                case CANCELLED -> journey.set(Optional.empty());
                case UNDER_WAY -> {}
            }
        });
        return () -> transfers.cancel(job);
    }
}
