package io.darsena.app.images;

import io.darsena.app.list.BatchWords;
import io.darsena.app.session.Batch;
import io.darsena.app.session.Commands;
import io.darsena.app.session.Failure;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Carries out what a person may ask of an image; failures show in one place above the list. JavaFX thread only.
public final class ImageActions {

    private final Commands commands;
    private final FxPump pump;
    private final Messages messages;
    private final FailurePlace place = new FailurePlace();
    private final Removals removals;

    ImageActions(Commands commands, FxPump pump, Messages messages) {
        this.commands = commands;
        this.pump = pump;
        this.messages = messages;
        this.removals = new Removals(pump, Removals.SECOND_THOUGHTS, this::removeNow);
    }

    public FailurePlace place() {
        return place;
    }

    public Removals removals() {
        return removals;
    }

    /// Removes what the rows are about, with time for second thoughts: the image where all its names are among them,
    /// else the names. An image in use stays, and the reason is told at once.
    public void remove(List<ImageRow> rows) {
        remove(rows, Removals.Extent.IMAGE);
    }

    /// As [#remove], with what was made of the images and lies in the trash.
    public void removeWithTrash(List<ImageRow> rows) {
        remove(rows, Removals.Extent.IMAGE_AND_TRASH);
    }

    /// The images of which all names are among the rows.
    static Set<ImageId> wholeImages(List<ImageRow> rows) {
        Map<ImageId, Long> chosen =
                rows.stream().collect(Collectors.groupingBy(row -> row.key().id(), Collectors.counting()));
        return rows.stream()
                .filter(row -> chosen.getOrDefault(row.key().id(), 0L)
                        >= row.now().names().size())
                .map(row -> row.key().id())
                .collect(Collectors.toSet());
    }

    private void remove(List<ImageRow> rows, Removals.Extent images) {
        place.clear();
        Set<ImageId> wholes = wholeImages(rows);
        List<Removals.Leaving> going = new ArrayList<>();
        List<ImageRow> refused = new ArrayList<>();
        for (ImageRow row : rows) {
            boolean whole = wholes.contains(row.key().id());
            if (whole && !row.users().get().isEmpty()) {
                refused.add(row);
            } else {
                going.add(new Removals.Leaving(row.key(), row.reference(), whole ? images : Removals.Extent.NAME));
            }
        }
        if (!going.isEmpty()) {
            removals.begin(going);
        }
        if (!refused.isEmpty()) {
            place.show(Failure.of(inUse(refused)));
        }
    }

    private ConflictException inUse(List<ImageRow> images) {
        List<String> users = images.stream()
                .flatMap(row -> row.users().get().stream())
                .distinct()
                .sorted()
                .toList();
        String subject = images.size() == 1
                ? "image " + images.getFirst().reference()
                : messages.text("bulk.images", images.size());
        return new ConflictException(
                "remove",
                subject,
                "it is used by " + String.join(", ", users),
                users.size() == 1 ? "remove this container first" : "remove these containers first");
    }

    private void removeNow(List<Removals.Leaving> going) {
        Set<ImageId> done = new HashSet<>();
        List<Batch.Item> items = new ArrayList<>();
        for (Removals.Leaving one : going) {
            ImageId id = one.key().id();
            switch (one.extent()) {
                case NAME ->
                    one.key()
                            .name()
                            .ifPresent(name -> items.add(new Batch.Item(
                                    one.name(), engine -> engine.images().untag(name))));
                case IMAGE -> {
                    if (done.add(id)) {
                        items.add(new Batch.Item(
                                one.name(), engine -> engine.images().remove(id)));
                    }
                }
                case IMAGE_AND_TRASH -> {
                    if (done.add(id)) {
                        items.add(new Batch.Item(
                                one.name(), engine -> engine.images().forceRemove(id)));
                    }
                }
            }
        }
        Batch.run(commands, pump, "remove", items, (over, failed) -> {
            removals.settled(going);
            if (failed.size() == 1) {
                place.show(failed.getFirst().failure());
            } else if (!failed.isEmpty()) {
                place.show(BatchWords.failure(messages, "bulk.imagesOf", over, failed));
            }
        });
    }

    /// Brings back the image that Darsena came with.
    public void restoreStarter() {
        commands.run(place, engine -> engine.images().restoreStarter());
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
        commands.runContainer(place, ContainerSpec.of(row.reference()), started);
    }

    /// Compares the row's name with its registry now.
    public void check(ImageRow row) {
        row.name().ifPresent(name -> commands.run(place, engine -> engine.sync().check(name)));
    }

    /// Looks for signatures at the row's registry now.
    public void checkSignatures(ImageRow row) {
        row.name()
                .ifPresent(name -> commands.run(place, engine -> engine.trust().check(name)));
    }

    /// Compares all names that came from registries.
    public void checkAll() {
        commands.run(place, engine -> engine.sync().checkAll());
    }

    public void autoPull(ImageRow row, boolean wanted) {
        row.name().ifPresent(name -> commands.run(place, engine -> engine.sync().autoPull(name, wanted)));
    }

    /// Asks for manifest and config as JSON.
    public void inspect(ImageId id, Consumer<? super String> told) {
        AtomicReference<String> json = new AtomicReference<>("");
        commands.run(place, engine -> json.set(engine.images().inspect(id)), () -> told.accept(json.get()));
    }
}
