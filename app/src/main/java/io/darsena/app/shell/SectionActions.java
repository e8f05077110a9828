package io.darsena.app.shell;

import io.darsena.app.action.Action;
import io.darsena.app.action.Action.Group;
import io.darsena.app.action.Actions;
import io.darsena.app.images.ImagesView;
import io.darsena.app.registries.RegistriesView;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.TransferJob;
import io.darsena.app.trash.TrashView;
import io.darsena.bridge.image.Images;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// What the heads of the sections offer as buttons and menus, for the palette. Each goes to its section, where what
/// comes of it is shown.
final class SectionActions {

    private final WindowContext context;
    private final ShellView shell;
    private final Actions actions;

    SectionActions(WindowContext context, ShellView shell) {
        this.context = context;
        this.shell = shell;
        this.actions = context.actions();
    }

    void register() {
        images("importFile", Feather.DOWNLOAD, this::isOpen, ImagesView::importFile);
        images("importFolder", Feather.FOLDER, this::isOpen, ImagesView::importFolder);
        images("checkAll", Feather.REFRESH_CW, this::hasImages, ImagesView::checkAll);
        images("family", Feather.GIT_BRANCH, this::hasImages, ImagesView::showFamily);
        images("restoreStarter", Feather.CORNER_UP_LEFT, this::lacksStarter, ImagesView::restoreStarter);
        add(
                "addRegistry",
                Group.REGISTRIES,
                Feather.PLUS,
                this::isOpen,
                () -> shell.at(Section.REGISTRIES, RegistriesView.class).add());
        add(
                "emptyTrash",
                Group.TRASH,
                Feather.TRASH_2,
                () -> isOpen() && !context.session().trash().isEmpty(),
                // What has just been brought into the scene has no rows yet.
                () -> {
                    TrashView view = shell.at(Section.TRASH, TrashView.class);
                    context.pump().run(view::emptyTrash);
                });
        add(
                "clearTransfers",
                Group.COMMANDS,
                Feather.LIST,
                () -> context.transfers().recent().stream()
                        .anyMatch(job -> job.phase().get() != TransferJob.Phase.UNDER_WAY),
                context.transfers()::clear);
    }

    private boolean isOpen() {
        return context.session().stage().get() instanceof EngineStage.Open;
    }

    private boolean hasImages() {
        return isOpen() && !context.session().images().isEmpty();
    }

    private boolean lacksStarter() {
        return isOpen()
                && context.session().images().values().stream()
                        .noneMatch(image -> image.names().contains(Images.STARTER));
    }

    private void images(String id, Ikon icon, BooleanSupplier possible, Consumer<ImagesView> deed) {
        add(id, Group.IMAGES, icon, possible, () -> deed.accept(shell.at(Section.IMAGES, ImagesView.class)));
    }

    private void add(String id, Group group, Ikon icon, BooleanSupplier possible, Runnable deed) {
        actions.add(new Action(id, group, context.messages().text("do." + id), icon, List.of(), possible, deed));
    }
}
