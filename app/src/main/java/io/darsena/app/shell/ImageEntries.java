package io.darsena.app.shell;

import io.darsena.app.action.Action;
import io.darsena.app.action.Action.Group;
import io.darsena.app.screen.ComparedImages.Side;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.image.Image;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kordamp.ikonli.feather.Feather;

/// What the palette offers of each image: to run it, to push it, to compare it, and to find it in the list.
final class ImageEntries {

    private final WindowContext context;

    ImageEntries(WindowContext context) {
        this.context = context;
    }

    Stream<Action> entries() {
        return context.session().images().values().stream()
                .sorted(Comparator.comparing(Image::displayName))
                .flatMap(this::entries);
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
                        () -> context.session().images().size() > 1,
                        () -> context.navigation().askWhatToCompare(Optional.of(Side.of(image)))),
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
