package io.darsena.app.shell;

import io.darsena.app.action.Action;
import io.darsena.app.action.Action.Group;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.app.trash.TrashDeed;
import io.darsena.app.trash.TrashView;
import io.darsena.bridge.trash.TrashEntry;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// What the palette offers of what lies in the trash: the way back and the way out, which is asked first.
final class TrashEntries {

    private final WindowContext context;
    private final ShellView shell;
    private final Messages messages;

    TrashEntries(WindowContext context, ShellView shell) {
        this.context = context;
        this.shell = shell;
        this.messages = context.messages();
    }

    Stream<Action> entries() {
        return context.session().trash().values().stream()
                .sorted(Comparator.comparing(entry -> entry.container().name()))
                .flatMap(this::entries);
    }

    private Stream<Action> entries(TrashEntry entry) {
        String name = entry.container().name();
        return Stream.of(
                deed(
                        TrashDeed.RESTORE,
                        entry,
                        messages.text("action.named", messages.text("action.restore"), name),
                        Feather.CORNER_UP_LEFT),
                deed(TrashDeed.PURGE, entry, messages.text("trash.purgeNamed", name), Feather.X_CIRCLE));
    }

    private Action deed(TrashDeed deed, TrashEntry entry, String words, Ikon icon) {
        return new Action(
                "trash." + entry.id().shortId() + "." + deed.name(),
                Group.TRASH,
                words,
                icon,
                List.of(),
                () -> true,
                () -> shell.at(Section.TRASH, TrashView.class).perform(deed, entry.id()));
    }
}
