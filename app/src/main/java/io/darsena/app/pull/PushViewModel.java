package io.darsena.app.pull;

import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.KnownRegistries;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.trust.TrustRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What the Push… dialog holds: under which name the image goes, to which registry that is, and who is logged
/// in there. JavaFX thread only.
public final class PushViewModel {

    private final EngineSession session;
    private final KnownRegistries registries;
    private final Commands commands;
    private final Transfers transfers;
    private final Messages messages;
    private final FailurePlace place = new FailurePlace();
    private final Image image;
    private final NameCompletion completion;
    private final ReadOnlyStringWrapper meaning = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper remark = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper signed = new ReadOnlyStringWrapper("");
    private Optional<String> signer = Optional.empty();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper who = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<RegistryHost>> registry =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper();
    private final InvalidationListener logins = change -> check();

    /// @param begun the name that stands in the field first; may be empty
    public PushViewModel(
            EngineSession session,
            KnownRegistries registries,
            Commands commands,
            Transfers transfers,
            FxPump pump,
            Messages messages,
            Image image,
            String begun) {
        this.session = session;
        this.registries = registries;
        this.commands = commands;
        this.transfers = transfers;
        this.messages = messages;
        this.image = image;
        this.completion = new NameCompletion(registries, commands, pump, () -> names(begun));
        completion.text().addListener(change -> check());
        registries.known().addListener(logins);
        completion.begin(begun);
        check();
    }

    /// The image's own, and what it would be called at each registry that is known.
    private List<String> names(String begun) {
        Stream<String> own = image.names().stream().map(ImageReference::familiar);
        Stream<String> elsewhere = TypedName.of(begun).reference().stream()
                .flatMap(name -> registries.known().keySet().stream()
                        .filter(host -> !host.equals(RegistryHost.DOCKER_HUB))
                        .filter(host -> !host.equals(RegistryHost.of(name)))
                        .sorted()
                        .map(host -> new ImageReference(host.name(), name.repository(), name.tag(), Optional.empty())
                                .familiar()));
        return Stream.concat(own, elsewhere).distinct().toList();
    }

    private Optional<ImageReference> reference() {
        return TypedName.of(completion.text().get())
                .reference()
                .filter(name -> name.digest().isEmpty());
    }

    private void check() {
        TypedName typed = TypedName.of(completion.text().get());
        boolean digest =
                typed.reference().filter(name -> name.digest().isPresent()).isPresent();
        String key = digest ? "tag.problem.digest" : typed.problem();
        problem.set(key.isEmpty() ? "" : messages.text(key));
        Optional<ImageReference> name = reference();
        meaning.set(name.map(ImageReference::toString)
                .filter(full -> !full.equals(completion.text().get().strip()))
                .orElse(""));
        remark.set(name.map(this::remark).orElse(""));
        signer = name.flatMap(known -> session.settings().get().trust().rule(known))
                .flatMap(TrustRule::signWith);
        signed.set(signer.map(with -> messages.text("push.signed", with)).orElse(""));
        registry.set(name.map(RegistryHost::of));
        who.set(name.map(RegistryHost::of).map(this::who).orElse(""));
        valid.set(name.isPresent());
    }

    private String remark(ImageReference name) {
        boolean official = RegistryHost.of(name).equals(RegistryHost.DOCKER_HUB)
                && name.familiarRepository().indexOf('/') < 0;
        if (official) {
            return messages.text("push.official");
        }
        if (image.names().contains(name)) {
            return "";
        }
        boolean moves = session.images().values().stream()
                .anyMatch(
                        other -> !other.id().equals(image.id()) && other.names().contains(name));
        return messages.text(moves ? "push.moves" : "push.names");
    }

    private String who(RegistryHost host) {
        return registries
                .login(host)
                .map(login -> login.user().isEmpty()
                        ? messages.text("pull.loggedIn", host.name())
                        : messages.text("pull.loggedInAs", login.user(), host.name()))
                .orElseGet(() -> messages.text("push.nobody", host.name()));
    }

    NameCompletion completion() {
        return completion;
    }

    /// The full form of what is typed; empty while it is no name to push to, and where nothing is left out.
    public ReadOnlyStringProperty meaning() {
        return meaning.getReadOnlyProperty();
    }

    /// What pushing does to names here, or why it will hardly be let in.
    public ReadOnlyStringProperty remark() {
        return remark.getReadOnlyProperty();
    }

    /// With which key the engine signs what goes there.
    public ReadOnlyStringProperty signed() {
        return signed.getReadOnlyProperty();
    }

    Optional<String> signer() {
        return signer;
    }

    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /// Who is logged in where it goes.
    public ReadOnlyStringProperty who() {
        return who.getReadOnlyProperty();
    }

    /// Where it goes.
    public ReadOnlyObjectProperty<Optional<RegistryHost>> registry() {
        return registry.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty valid() {
        return valid.getReadOnlyProperty();
    }

    /// Begins the push, if what is typed is valid; a name that the image does not bear yet it is given first.
    public Optional<TransferJob> push() {
        return reference()
                .map(name -> transfers.push(
                        name, image.names().contains(name) ? Optional.empty() : Optional.of(image.id())));
    }

    /// Leaves it to the engine to push it as soon as there is a network, if what is typed is valid.
    ///
    /// @param queued runs when it is in the queue
    public void queue(Runnable queued) {
        reference()
                .ifPresent(wanted -> commands.run(
                        place,
                        engine -> {
                            if (!image.names().contains(wanted)) {
                                engine.images().tag(image.id(), wanted);
                            }
                            engine.sync().queuePush(wanted);
                        },
                        queued));
    }

    /// Where it shows that it could not be queued.
    public FailurePlace place() {
        return place;
    }

    /// The dialog is gone.
    void close() {
        registries.known().removeListener(logins);
        completion.close();
    }
}
