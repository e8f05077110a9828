package io.darsena.app.pull;

import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.KnownRegistries;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryHost;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What the Pull… dialog holds: the typed name, what it means in full, what is wrong with it. JavaFX thread only.
public final class PullViewModel {

    static final List<String> PLATFORMS = List.of(
            PullRequest.EVERY_PLATFORM,
            "linux/amd64",
            "linux/arm64",
            "linux/arm/v7",
            "linux/386",
            "linux/ppc64le",
            "linux/riscv64",
            "linux/s390x");

    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+/[a-z0-9_]+(/[a-z0-9.]+)?");

    private final EngineSession session;
    private final KnownRegistries registries;
    private final Transfers transfers;
    private final Messages messages;
    private final NameCompletion completion;
    private final StringProperty platform = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper meaning = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper remark = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper platformProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper();

    /// @param begun what stands in the field first
    public PullViewModel(
            EngineSession session,
            KnownRegistries registries,
            Commands commands,
            Transfers transfers,
            FxPump pump,
            Messages messages,
            String begun) {
        this.session = session;
        this.registries = registries;
        this.transfers = transfers;
        this.messages = messages;
        this.completion = new NameCompletion(registries, commands, pump, this::names);
        completion.searchHub();
        completion.text().addListener(change -> check());
        platform.addListener(change -> check());
        completion.text().set(begun);
        check();
    }

    private List<String> names() {
        return session.images().values().stream()
                .flatMap(image -> image.names().stream())
                .map(ImageReference::familiar)
                .sorted()
                .toList();
    }

    private void check() {
        TypedName typed = TypedName.of(completion.text().get());
        String words = typed.problem().isEmpty() ? "" : messages.text(typed.problem());
        problem.set(typed.isUnfinished() ? "" : words);
        meaning.set(typed.reference().map(ImageReference::toString).orElse(""));
        remark.set(
                typed.isUnfinished()
                        ? words
                        : typed.reference().map(this::remark).orElse(""));
        boolean right = platform.get().isBlank()
                || platform.get().strip().equals(PullRequest.EVERY_PLATFORM)
                || PLATFORM.matcher(platform.get().strip()).matches();
        platformProblem.set(right ? "" : messages.text("pull.problem.platform"));
        valid.set(typed.reference().isPresent() && right);
    }

    private String remark(ImageReference name) {
        RegistryHost host = RegistryHost.of(name);
        String who = registries
                .login(host)
                .map(login -> login.user().isEmpty()
                        ? messages.text("pull.loggedIn", host.name())
                        : messages.text("pull.loggedInAs", login.user(), host.name()))
                .orElse("");
        boolean here = session.images().values().stream()
                .anyMatch(image -> image.names().contains(name));
        String there = here ? messages.text("pull.here") : "";
        return who.isEmpty() || there.isEmpty() ? who + there : there + " " + who;
    }

    NameCompletion completion() {
        return completion;
    }

    public StringProperty name() {
        return completion.text();
    }

    /// `os/architecture[/variant]`; blank for this machine's, or [PullRequest#EVERY_PLATFORM].
    public StringProperty platform() {
        return platform;
    }

    /// The full form of what is typed; empty while it is no name.
    public ReadOnlyStringProperty meaning() {
        return meaning.getReadOnlyProperty();
    }

    /// What is to be known about it: that it is here, who is logged in there.
    public ReadOnlyStringProperty remark() {
        return remark.getReadOnlyProperty();
    }

    /// In words; empty when nothing is wrong.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty platformProblem() {
        return platformProblem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty valid() {
        return valid.getReadOnlyProperty();
    }

    /// Begins the pull, if what is typed is valid.
    public Optional<TransferJob> pull() {
        String asked = platform.get().strip();
        return TypedName.of(completion.text().get())
                .reference()
                .filter(name -> valid.get())
                .map(name -> transfers.pull(new PullRequest(
                        name, asked.isEmpty() ? Optional.empty() : Optional.of(asked), Optional.empty())));
    }

    /// The dialog is gone.
    void close() {
        completion.close();
    }
}
