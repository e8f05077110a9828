package io.darsena.app.shell;

import io.darsena.app.action.Action;
import io.darsena.app.action.Action.Group;
import io.darsena.app.control.CopyButton;
import io.darsena.app.registries.RegistriesView;
import io.darsena.app.registries.RegistryDeed;
import io.darsena.app.registries.RegistryWords;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.KnownRegistry;
import io.darsena.app.text.Messages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// What the palette offers of each registry that the window knows: all that its menu does.
final class RegistryEntries {

    private final WindowContext context;
    private final ShellView shell;
    private final Messages messages;

    RegistryEntries(WindowContext context, ShellView shell) {
        this.context = context;
        this.shell = shell;
        this.messages = context.messages();
    }

    Stream<Action> entries() {
        return context.registries().known().values().stream()
                .sorted(Comparator.comparing(KnownRegistry::host))
                .flatMap(this::entries);
    }

    private Stream<Action> entries(KnownRegistry known) {
        String name = RegistryWords.name(known.host());
        List<Action> entries = new ArrayList<>();
        entries.add(deed(
                RegistryDeed.SHOW,
                known,
                messages.text("action.named", messages.text("action.open"), name),
                Feather.SERVER));
        entries.add(deed(RegistryDeed.TEST, known, messages.text("registry.testNamed", name), Feather.ACTIVITY));
        entries.add(
                known.login().isPresent()
                        ? deed(
                                RegistryDeed.LOG_OUT,
                                known,
                                messages.text("registry.logoutNamed", name),
                                Feather.LOG_OUT)
                        : deed(RegistryDeed.LOG_IN, known, messages.text("registry.loginNamed", name), Feather.LOG_IN));
        entries.add(deed(
                RegistryDeed.SHOW_SETTINGS, known, messages.text("registry.settingsNamed", name), Feather.SETTINGS));
        entries.add(entry(
                known,
                "copyName",
                messages.text("images.copyNamed", known.host().name()),
                Feather.COPY,
                () -> CopyButton.copy(known.host().name())));
        if (known.config().isPresent()) {
            entries.add(deed(RegistryDeed.REMOVE, known, messages.text("registry.removeNamed", name), Feather.TRASH_2));
        }
        return entries.stream();
    }

    private Action deed(RegistryDeed deed, KnownRegistry known, String words, Ikon icon) {
        return entry(
                known,
                deed == RegistryDeed.SHOW ? "open" : deed.name(),
                words,
                icon,
                () -> shell.at(Section.REGISTRIES, RegistriesView.class).perform(deed, known.host()));
    }

    private static Action entry(KnownRegistry known, String word, String words, Ikon icon, Runnable deed) {
        return new Action(
                "registry." + known.host().name() + "." + word,
                Group.REGISTRIES,
                words,
                icon,
                List.of(),
                () -> true,
                deed);
    }
}
