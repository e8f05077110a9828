package io.darsena.app.palette;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.action.Action;
import io.darsena.app.action.Action.Group;
import io.darsena.app.action.Actions;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.WindowMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.feather.Feather;

class PaletteViewModelTest {

    @TempDir
    private Path folder;

    private final Actions actions = new Actions();
    private final List<String> done = new ArrayList<>();
    private boolean possible = true;

    @BeforeEach
    void register() {
        add("run", "Run a container", Group.COMMANDS);
        add("back", "Back", Group.PLACES);
        add("zoom", "Zoom in", Group.VIEW);
        actions.addChanging(() -> Stream.of(action("container.1.stop", "Stop web-1", Group.CONTAINERS)));
    }

    private void add(String id, String words, Group group) {
        actions.add(action(id, words, group));
    }

    private Action action(String id, String words, Group group) {
        return new Action(
                id, group, words, Feather.BOX, List.of(), () -> !id.equals("back") || possible, () -> done.add(id));
    }

    private PaletteViewModel opened() {
        return new PaletteViewModel(
                actions, Messages.in(Locale.ENGLISH), WindowMemory.at(folder.resolve("window.properties")));
    }

    private static List<String> ids(PaletteViewModel model) {
        return model.shown().stream().map(entry -> entry.action().id()).toList();
    }

    @Test
    void everythingPossibleStandsThereGroupByGroup() {
        assertThat(ids(opened())).containsExactly("run", "back", "zoom", "container.1.stop");
        possible = false;
        assertThat(ids(opened())).doesNotContain("back");
    }

    @Test
    void whatWasDoneLatelyStandsFirstAlsoAfterAnotherStart() {
        WindowMemory memory = WindowMemory.at(folder.resolve("window.properties"));
        PaletteViewModel first = new PaletteViewModel(actions, Messages.in(Locale.ENGLISH), memory);
        first.typed().set("stop");
        first.perform();
        memory.close();
        assertThat(done).containsExactly("container.1.stop");
        assertThat(ids(opened())).startsWith("container.1.stop");
        assertThat(opened().shown().getFirst().heading()).isEqualTo("Recent");
    }

    /// It would be done once more by mere Enter.
    @Test
    void whatTakesSomethingAwayIsNotRememberedAndWhatShowsStandsBeforeWhatWasDoneLately() {
        for (String word : List.of("LOG_OUT", "open", "TEST")) {
            add("registry.docker.io." + word, word + " Docker Hub", Group.REGISTRIES);
        }
        WindowMemory memory = WindowMemory.at(folder.resolve("window.properties"));
        memory.remember("palette.recent", "image.web:1.UNTAG container.1.stop");
        for (String words : List.of("LOG_OUT Docker Hub", "TEST Docker Hub")) {
            PaletteViewModel model = new PaletteViewModel(actions, Messages.in(Locale.ENGLISH), memory);
            model.typed().set(words);
            model.perform();
        }
        memory.close();
        assertThat(done).containsExactly("registry.docker.io.LOG_OUT", "registry.docker.io.TEST");
        assertThat(memory.text("palette.recent")).contains("registry.docker.io.TEST container.1.stop");
        PaletteViewModel model = opened();
        assertThat(ids(model)).startsWith("registry.docker.io.TEST", "container.1.stop", "run");
        model.typed().set("docker hub");
        assertThat(model.choice().orElseThrow().id()).isEqualTo("registry.docker.io.open");
    }

    @Test
    void theChoiceWrapsAroundAndFollowsWhatIsTyped() {
        PaletteViewModel model = opened();
        model.move(-1);
        assertThat(model.choice().orElseThrow().id()).isEqualTo("container.1.stop");
        model.move(1);
        assertThat(model.choice().orElseThrow().id()).isEqualTo("run");
        model.typed().set("zoom");
        assertThat(model.choice().orElseThrow().id()).isEqualTo("zoom");
        model.typed().set("nothing like it");
        assertThat(model.choice()).isEmpty();
        model.perform();
        assertThat(done).isEmpty();
    }
}
