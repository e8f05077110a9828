package io.darsena.app.shell;

import io.darsena.app.action.Action;
import io.darsena.app.action.Action.Group;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.ComparedSides.Here;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.sync.Standing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kordamp.ikonli.feather.Feather;

/// What the palette offers of each image: to run it, to push it, to compare it, with its update too, and to find it in
/// the list.
final class ImageEntries {

    private final WindowContext context;

    ImageEntries(WindowContext context) {
        this.context = context;
    }

    Stream<Action> entries() {
        return context.session().images().values().stream()
                .sorted(Comparator.comparing(Image::displayName))
                .flatMap(image -> Stream.concat(entries(image), updates(image)));
    }

    /// For each name of which its registry has a newer image.
    private Stream<Action> updates(Image image) {
        return image.names().stream()
                .filter(name -> context.session()
                        .sync()
                        .get()
                        .of(name)
                        .filter(tag -> tag.standing() instanceof Standing.UpdateAvailable)
                        .isPresent())
                .map(name -> new Action(
                        "image." + name + ".compareUpdate",
                        Group.IMAGES,
                        context.messages().text("sync.do.compareNamed", name.familiar()),
                        Feather.COLUMNS,
                        List.of(),
                        () -> true,
                        () -> context.navigation().compare(ComparedSides.withUpdate(image, name))));
    }

    private Stream<Action> entries(Image image) {
        String name = image.displayName();
        String id = "image." + image.id().shortId();
        return Stream.of(
                new Action(
                        id + ".run",
                        Group.IMAGES,
                        context.messages().text("images.runWithNamed", name),
                        Feather.PLAY,
                        List.of(),
                        () -> true,
                        () -> context.navigation().run(Optional.of(name))),
                new Action(
                        id + ".push",
                        Group.IMAGES,
                        context.messages().text("images.pushNamed", name),
                        Feather.UPLOAD_CLOUD,
                        List.of(),
                        () -> true,
                        () -> context.navigation().push(name)),
                new Action(
                        id + ".compare",
                        Group.IMAGES,
                        context.messages().text("images.compareNamed", name),
                        Feather.COLUMNS,
                        List.of(),
                        () -> context.session().images().size()
                                        + context.session().containers().size()
                                > 1,
                        () -> context.navigation().askWhatToCompare(Optional.of(Here.of(image)))),
                new Action(
                        id + ".open",
                        Group.IMAGES,
                        context.messages()
                                .text("action.named", context.messages().text("action.open"), name),
                        Feather.LAYERS,
                        List.of(),
                        () -> true,
                        () -> {
                            context.navigation().search(Section.IMAGES).set(name);
                            context.navigation().go(Section.IMAGES);
                        }));
    }
}
