package io.darsena.app.shell;

import io.darsena.app.action.Action;
import io.darsena.app.action.Action.Group;
import io.darsena.app.control.CopyButton;
import io.darsena.app.images.ImageDeed;
import io.darsena.app.images.ImagesView;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.ComparedSides.Here;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.TagSync;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// What the palette offers of each image: all that its menu and its detail do, for each of its names, and to find it in
/// the list.
final class ImageEntries {

    private final WindowContext context;
    private final ShellView shell;
    private final Messages messages;

    ImageEntries(WindowContext context, ShellView shell) {
        this.context = context;
        this.shell = shell;
        this.messages = context.messages();
    }

    Stream<Action> entries() {
        return context.session().images().values().stream()
                .sorted(Comparator.comparing(Image::displayName))
                .flatMap(image -> Stream.concat(whole(image), rows(image)));
    }

    /// Of the image, whatever its names are.
    private Stream<Action> whole(Image image) {
        String name = image.displayName();
        String id = "image." + image.id().shortId();
        boolean comparable = context.session().images().size()
                        + context.session().containers().size()
                > 1;
        Stream<Action> compare = Stream.of(entry(
                        id + ".compare",
                        "images.compareNamed",
                        name,
                        Feather.COLUMNS,
                        () -> context.navigation().askWhatToCompare(Optional.of(Here.of(image)))))
                .filter(entry -> comparable);
        return Stream.concat(
                Stream.of(entry(
                        id + ".copyId",
                        "images.copyIdOf",
                        name,
                        Feather.COPY,
                        () -> CopyButton.copy(image.id().toString()))),
                compare);
    }

    /// Of each line that the list has of it.
    private Stream<Action> rows(Image image) {
        return image.names().isEmpty()
                ? always(image.id(), Optional.empty(), image.displayName()).stream()
                : image.names().stream().flatMap(name -> of(image, name));
    }

    private Stream<Action> of(Image image, ImageReference name) {
        String word = name.familiar();
        Optional<ImageReference> named = Optional.of(name);
        List<Action> entries = new ArrayList<>(always(image.id(), named, word));
        entries.add(deed(ImageDeed.UNTAG, image.id(), named, word, named("images.untag", word), Feather.X));
        entries.add(entry(
                "image." + word + ".copyName", "images.copyNamed", word, Feather.COPY, () -> CopyButton.copy(word)));
        entries.add(deed(
                ImageDeed.CHECK_SIGNATURES,
                image.id(),
                named,
                word,
                messages.text("trust.do.checkNamed", word),
                Feather.SHIELD));
        entries.add(
                deed(ImageDeed.SIGN, image.id(), named, word, messages.text("trust.do.signNamed", word), Feather.KEY));
        context.session().sync().get().of(name).ifPresent(tag -> entries.addAll(sync(image, name, tag)));
        return entries.stream();
    }

    /// What can be done with every line.
    private List<Action> always(ImageId image, Optional<ImageReference> name, String word) {
        return List.of(
                deed(ImageDeed.SHOW, image, name, word, named("action.open", word), Feather.LAYERS),
                entry(
                        "image." + word + ".runWith",
                        "images.runWithNamed",
                        word,
                        Feather.PLAY,
                        () -> context.navigation().run(Optional.of(word))),
                entry(
                        "image." + word + ".push",
                        "images.pushNamed",
                        word,
                        Feather.UPLOAD_CLOUD,
                        () -> context.navigation().push(word)),
                deed(ImageDeed.RUN, image, name, word, messages.text("images.runNamed", word), Feather.PLAY),
                deed(ImageDeed.INSPECT, image, name, word, named("images.inspect", word), Feather.FILE_TEXT),
                deed(ImageDeed.TAG, image, name, word, messages.text("images.tagNamed", word), Feather.TAG),
                deed(
                        ImageDeed.SAVE_FOR_DOCKER,
                        image,
                        name,
                        word,
                        messages.text("images.saveAs.dockerNamed", word),
                        Feather.SAVE),
                deed(
                        ImageDeed.SAVE_AS_OCI,
                        image,
                        name,
                        word,
                        messages.text("images.saveAs.ociNamed", word),
                        Feather.SAVE),
                deed(ImageDeed.REMOVE, image, name, word, messages.text("images.removeNamed", word), Feather.TRASH_2));
    }

    /// What is asked of the registry that the name belongs to.
    private List<Action> sync(Image image, ImageReference name, TagSync tag) {
        String word = name.familiar();
        Optional<ImageReference> named = Optional.of(name);
        List<Action> entries = new ArrayList<>();
        if (tag.standing() instanceof Standing.UpdateAvailable) {
            entries.add(deed(
                    ImageDeed.UPDATE,
                    image.id(),
                    named,
                    word,
                    messages.text("sync.do.updateNamed", word),
                    Feather.ARROW_UP_CIRCLE));
            entries.add(entry(
                    "image." + word + ".compareUpdate",
                    "sync.do.compareNamed",
                    word,
                    Feather.COLUMNS,
                    () -> context.navigation().compare(ComparedSides.withUpdate(image, name))));
        }
        entries.add(deed(
                ImageDeed.CHECK,
                image.id(),
                named,
                word,
                messages.text("sync.do.checkNamed", word),
                Feather.REFRESH_CW));
        if (!(tag.standing() instanceof Standing.LocalOnly)) {
            entries.add(deed(
                    tag.autoPull() ? ImageDeed.NOT_UPDATE_BY_ITSELF : ImageDeed.UPDATE_BY_ITSELF,
                    image.id(),
                    named,
                    word,
                    messages.text(tag.autoPull() ? "sync.do.autoPullOffNamed" : "sync.do.autoPullNamed", word),
                    Feather.ARROW_UP_CIRCLE));
        }
        return entries;
    }

    /// What the list of images does with one of its lines.
    ///
    /// @param word what the person reads of the line
    private Action deed(
            ImageDeed deed, ImageId image, Optional<ImageReference> name, String word, String words, Ikon icon) {
        return said(
                "image." + word + "." + (deed == ImageDeed.SHOW ? "open" : deed.name()),
                words,
                icon,
                () -> shell.at(Section.IMAGES, ImagesView.class).perform(deed, image, name));
    }

    private Action entry(String id, String key, String name, Ikon icon, Runnable deed) {
        return said(id, messages.text(key, name), icon, deed);
    }

    private static Action said(String id, String words, Ikon icon, Runnable deed) {
        return new Action(id, Group.IMAGES, words, icon, List.of(), () -> true, deed);
    }

    private String named(String verb, String name) {
        return messages.text("action.named", messages.text(verb), name);
    }
}
