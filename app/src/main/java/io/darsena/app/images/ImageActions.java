package io.darsena.app.images;

import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.Failure;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.NewContainer;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries out what a person may ask of an image; failures show in one place above the list. JavaFX thread only.
public final class ImageActions {

    private final Commands commands;
    private final FailurePlace place = new FailurePlace();
    private final Removals removals;

    ImageActions(Commands commands, FxPump pump) {
        this.commands = commands;
        this.removals = new Removals(pump, Removals.SECOND_THOUGHTS, this::removeNow);
    }

    public FailurePlace place() {
        return place;
    }

    public Removals removals() {
        return removals;
    }

    /// Takes one name from an image that has several, else removes the image, with time for second thoughts. An image
    /// in use stays, and the reason is told at once.
    public void remove(ImageRow row) {
        if (row.now().names().size() > 1 && row.name().isPresent()) {
            untag(row);
            return;
        }
        List<String> users = row.users().get();
        if (users.isEmpty()) {
            place.clear();
            removals.begin(row.now().id(), row.reference());
            return;
        }
        place.show(Failure.of(new ConflictException(
                "remove",
                "image " + row.reference(),
                "it is used by " + String.join(", ", users),
                users.size() == 1 ? "remove this container first" : "remove these containers first")));
    }

    private void removeNow(ImageId id) {
        Command command = commands.run(place, engine -> engine.images().remove(id));
        command.running().subscribe(running -> {
            if (!running) {
                removals.settled(id);
            }
        });
    }

    public void tag(ImageRow row, ImageReference name) {
        ImageId id = row.now().id();
        commands.run(place, engine -> engine.images().tag(id, name));
    }

    /// Takes the row's name away; the image stays.
    public void untag(ImageRow row) {
        row.name()
                .ifPresent(name -> commands.run(place, engine -> engine.images().untag(name)));
    }

    /// Creates and starts a container as the image says.
    public void run(ImageRow row, Consumer<? super ContainerId> started) {
        String reference = row.reference();
        AtomicReference<@Nullable ContainerId> made = new AtomicReference<>();
        commands.run(place, engine -> made.set(NewContainer.run(engine, ContainerSpec.of(reference))), () -> {
            ContainerId id = made.get();
            if (id != null) {
                started.accept(id);
            }
        });
    }

    /// Asks for manifest and config as JSON.
    public void inspect(ImageId id, Consumer<? super String> told) {
        AtomicReference<String> json = new AtomicReference<>("");
        commands.run(place, engine -> json.set(engine.images().inspect(id)), () -> told.accept(json.get()));
    }
}
