package io.darsena.app.images;

import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Failure;
import io.darsena.app.text.Messages;
import java.io.File;
import java.util.List;
import java.util.Objects;

/// Files that were dropped or chosen together, each looked at once.
///
/// @param good what can be imported
/// @param refused what cannot, with the reason
public record DroppedFiles(List<ImportSource> good, List<ImportSource.Refused> refused) {

    public static DroppedFiles of(List<File> files) {
        List<ImportSource> all =
                files.stream().map(file -> ImportSource.of(file.toPath())).toList();
        return new DroppedFiles(
                all.stream()
                        .filter(source -> !(source instanceof ImportSource.Refused))
                        .toList(),
                all.stream()
                        .map(source -> source instanceof ImportSource.Refused refused ? refused : null)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /// What importing them will do, in a few words.
    String headline(Messages messages) {
        return switch (good.size()) {
            case 0 -> messages.text("drop.nothing");
            case 1 -> messages.text("drop.one", good.getFirst().name());
            default -> messages.text("drop.several", good.size());
        };
    }

    /// Begins the imports, shows why the others are not imported, and goes where both can be seen.
    void importInto(WindowContext context) {
        context.navigation().go(Section.IMAGES);
        good.forEach(source -> context.transfers().begin(source.path()));
        refused.forEach(source -> context.transfers()
                .refuse(
                        source.path(),
                        Failure.ofWindow(
                                "import",
                                source.name(),
                                context.messages().text(source.reason()),
                                context.messages().text("import.refused.remedy"))));
    }
}
