package io.darsena.app.shell;

import static javafx.scene.input.KeyCombination.SHIFT_DOWN;
import static javafx.scene.input.KeyCombination.SHORTCUT_DOWN;

import io.darsena.app.action.Action.Group;
import io.darsena.app.action.CommonKeys;
import io.darsena.app.action.Shortcut;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.control.FindBar;
import io.darsena.app.control.JsonTree;
import io.darsena.app.control.SearchField;
import io.darsena.app.control.UndoBar;
import io.darsena.app.files.BesidePane;
import io.darsena.app.images.ImageMenu;
import io.darsena.app.layers.ExplorerTable;
import io.darsena.app.registries.RegistryMenu;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.sync.UpdateMark;
import io.darsena.app.trash.TrashView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/// Tells the overview of the keys that lists, trees, texts and charts hear by themselves, for what is chosen in them.
final class ListenedKeys {

    private final WindowContext context;

    ListenedKeys(WindowContext context) {
        this.context = context;
    }

    void tell() {
        containers();
        images();
        registriesAndTrash();
        lists();
        files();
        texts();
        charts();
    }

    private void containers() {
        tell(Group.CONTAINERS, "action.open", ContainerMenu.OPEN);
        tell(Group.CONTAINERS, "do.startStop", ContainerMenu.START_STOP);
        tell(Group.CONTAINERS, "do.pauseResume", ContainerMenu.PAUSE_RESUME);
        tell(Group.CONTAINERS, "action.restart", ContainerMenu.RESTART);
        tell(Group.CONTAINERS, "action.rename", ContainerMenu.RENAME);
        tell(Group.CONTAINERS, "action.remove", ContainerMenu.REMOVE);
        tell(Group.CONTAINERS, "action.newer", UpdateMark.KEY);
    }

    private void images() {
        tell(Group.IMAGES, "images.runWith", ImageMenu.RUN);
        tell(Group.IMAGES, "action.remove", ImageMenu.REMOVE);
        tell(Group.IMAGES, "sync.do.compare", UpdateMark.KEY);
        tell(Group.IMAGES, "keys.pyramid", of(KeyCode.PLUS), of(KeyCode.MINUS), of(KeyCode.DIGIT0));
    }

    private void registriesAndTrash() {
        tell(Group.REGISTRIES, "keys.searchRepositories", of(KeyCode.ENTER));
        tell(Group.REGISTRIES, "registry.remove", RegistryMenu.REMOVE);
        tell(Group.REGISTRIES, "keys.deleteTag", of(KeyCode.DELETE));
        tell(Group.TRASH, "action.purge", TrashView.PURGE);
    }

    private void lists() {
        tell(Group.LISTS, "keys.toggleRow", of(KeyCode.SPACE));
        tell(Group.LISTS, "keys.moveOnly", of(KeyCode.UP, SHORTCUT_DOWN), of(KeyCode.DOWN, SHORTCUT_DOWN));
        tell(Group.LISTS, "keys.allRows", of(KeyCode.A, SHORTCUT_DOWN));
        tell(Group.LISTS, "keys.noRow", of(KeyCode.ESCAPE));
        tell(Group.LISTS, "keys.rowMenu", of(KeyCode.CONTEXT_MENU));
        tell(Group.LISTS, "do.undoRemoval", UndoBar.UNDO);
    }

    private void files() {
        tell(Group.FILES, "keys.openFile", ExplorerTable.OPEN);
        tell(Group.FILES, "keys.fold", of(KeyCode.RIGHT), of(KeyCode.LEFT));
        tell(Group.FILES, "explorer.properties", ExplorerTable.PROPERTIES);
        tell(Group.FILES, "explorer.saveAs", ExplorerTable.SAVE);
        tell(Group.FILES, "explorer.copyPath", ExplorerTable.COPY);
        tell(Group.FILES, "explorer.revert", ExplorerTable.REVERT);
        tell(Group.FILES, "keys.refresh", CommonKeys.REFRESH);
    }

    private void texts() {
        tell(Group.TEXTS, "keys.find", SearchField.KEY);
        tell(Group.TEXTS, "keys.findNext", FindBar.NEXT);
        tell(Group.TEXTS, "keys.findPrevious", FindBar.PREVIOUS);
        tell(Group.TEXTS, "keys.nextDifference", BesidePane.NEXT);
        tell(Group.TEXTS, "keys.previousDifference", BesidePane.PREVIOUS);
        tell(Group.TEXTS, "keys.copyChosen", of(KeyCode.C, SHORTCUT_DOWN));
        tell(Group.TEXTS, "keys.copyJsonPath", JsonTree.PATH);
    }

    private void charts() {
        tell(Group.CHARTS, "keys.hair", of(KeyCode.LEFT), of(KeyCode.RIGHT));
        tell(Group.CHARTS, "keys.hairLeap", of(KeyCode.LEFT, SHIFT_DOWN), of(KeyCode.RIGHT, SHIFT_DOWN));
        tell(Group.CHARTS, "keys.hairEnds", of(KeyCode.HOME), of(KeyCode.END));
    }

    private static KeyCombination of(KeyCode code, KeyCombination.Modifier... held) {
        return new KeyCodeCombination(code, held);
    }

    private void tell(Group group, String words, KeyCombination... keys) {
        context.actions().tell(new Shortcut(group, context.messages().text(words), keys));
    }
}
