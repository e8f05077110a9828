package io.darsena.app.registries;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.StarredNames;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeRegistries;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The Registries section as a person uses it, on registries in memory.
@Timeout(90)
class RegistriesScreenTest {

    private static final RegistryHost PRIVATE = new RegistryHost("private.example");
    private static final RegistryHost LOCAL = new RegistryHost("localhost:5000");

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(200)), folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
        press(KeyCode.CONTROL, KeyCode.DIGIT3);
        window.until(() -> context().navigation().section().get() == Section.REGISTRIES
                && window.list().isFocused());
    }

    @AfterEach
    void close() {
        window.close();
    }

    /// What is written goes to the window that was chosen first, unless it is said otherwise.
    private void writeInDialog(String text) {
        Window dialog = Window.getWindows().stream()
                .filter(shown -> shown.isFocused() && !shown.equals(window.stage()))
                .findFirst()
                .orElseThrow();
        window.robot().targetWindow(dialog).write(text);
    }

    private Engine engine() {
        return window.engine();
    }

    private WindowContext context() {
        return window.window().context();
    }

    private void press(KeyCode... keys) {
        List<KeyCode> release = new ArrayList<>(Arrays.asList(keys));
        Collections.reverse(release);
        window.robot().press(keys).release(release.toArray(new KeyCode[0]));
    }

    private void add(RegistryHost host) {
        engine().change(engine().settings()
                .withRegistries(engine().settings().registries().with(RegistryConfig.of(host))));
        window.until(() -> rows().contains(host));
    }

    private List<RegistryHost> rows() {
        return window.list().getItems().stream()
                .map(row -> ((RegistryRow) row).host())
                .toList();
    }

    private void choose(RegistryHost host) {
        TableView<?> list = window.list();
        doing(() -> {
            list.getSelectionModel().clearAndSelect(rows().indexOf(host));
            list.requestFocus();
        });
        window.node("#registry-detail", Node.class);
    }

    private boolean focusOnCancel() {
        return Window.getWindows().stream()
                .anyMatch(shown -> shown.getScene().getFocusOwner() instanceof Button button
                        && button.getText().equals("Cancel"));
    }

    @Test
    void aRepositoryIsStarredWhereItIsBrowsed() {
        ((FakeEngine) engine()).registries().publish("localhost:5000/team/web:1", 1);
        add(LOCAL);
        choose(LOCAL);
        Button star = window.node("#repositories .icon-button", Button.class);
        window.until(() -> "Star localhost:5000/team/web: it is suggested first".equals(star.getAccessibleText()));
        doing(star::fire);
        assertThat(new StarredNames(context().memory()).all()).containsExactly("localhost:5000/team/web");
        Button starred = window.node("#repositories .icon-button.starred", Button.class);
        assertThat(starred.getAccessibleText()).isEqualTo("Remove the star from localhost:5000/team/web");
    }

    @Test
    void aRegistryIsAddedByNameAndAnswers() {
        assertThat(ToolkitStart.onFxThread(this::rows)).containsExactly(RegistryHost.DOCKER_HUB);
        Button add = window.node("#add", Button.class);
        doing(add::fire);
        window.until(window.node("#registry-name", Node.class)::isFocused);
        writeInDialog("https://localhost:5000/v2/");
        window.until(() -> window.says("Listed as localhost:5000."::equals));
        press(KeyCode.ENTER);
        window.until(() -> engine().settings().registries().of(LOCAL).isPresent());
        window.until(() -> window.says("Open to everyone"::equals));
        window.until(() -> window.says("Unencrypted"::equals));
    }

    @Test
    void aWrongPasswordIsToldInTheDialogAndTheRightOneLetsIn() {
        add(PRIVATE);
        choose(PRIVATE);
        window.until(() -> window.says("Login required"::equals));
        doing(() -> context().navigation().login(PRIVATE, () -> {}));
        window.until(window.node("#login-user", Node.class)::isFocused);
        writeInDialog("ada");
        press(KeyCode.TAB);
        window.until(window.node("#login-password", Node.class)::isFocused);
        writeInDialog(FakeRegistries.WRONG_PASSWORD);
        press(KeyCode.ENTER);
        window.until(() -> window.says("It refuses this name and password"::equals));
        PasswordField password = window.node("#login-password", PasswordField.class);
        window.until(() -> password.getText().isEmpty() && password.isFocused());
        writeInDialog("right");
        press(KeyCode.ENTER);
        window.until(() -> window.says("Logged in as ada"::equals));
        window.until(() -> window.scene().getRoot().lookup("#login-user") == null);
        assertThat(engine().registries().logins()).hasSize(1);
    }

    @Test
    void aRegistryThatIsKnownByItsLoginOnlyGoesWithIt() {
        engine().registries().login(PRIVATE, new RegistryCredential.Password("ada", new Secret("right")));
        doing(() -> context().registries().refresh());
        window.until(() -> rows().contains(PRIVATE));
        choose(PRIVATE);
        window.until(() -> window.says("Logged in as ada"::equals));
        RegistriesViewModel model = ToolkitStart.onFxThread(() -> new RegistriesViewModel(
                context().session(),
                context().registries(),
                context().commands(),
                context().pump()));
        doing(() -> model.logout(PRIVATE));
        window.until(() -> engine().registries().logins().isEmpty());
        window.until(() -> !rows().contains(PRIVATE));
    }

    @Test
    void aTagIsFoundAndPulledByKeyboardAlone() {
        window.engine().registries().publish("localhost:5000/team/web:1", 2);
        window.engine().registries().publish("localhost:5000/team/web:2", 2);
        add(LOCAL);
        press(KeyCode.DOWN);
        press(KeyCode.DOWN);
        window.until(() -> window.list().getSelectionModel().getSelectedIndex() == 1);
        press(KeyCode.ENTER);
        window.until(() -> focused("repository-search"));
        TableView<?> repositories = window.node("#repositories", TableView.class);
        window.until(() -> repositories.getItems().size() == 1);
        press(KeyCode.TAB);
        window.until(repositories::isFocused);
        press(KeyCode.DOWN);
        TableView<?> tags = window.node("#tags", TableView.class);
        window.until(() -> tags.getItems().size() == 2);
        press(KeyCode.ENTER);
        window.until(tags::isFocused);
        press(KeyCode.DOWN);
        press(KeyCode.DOWN);
        window.until(() -> window.says("2.1\u00a0MB to fetch · linux/amd64"::equals));
        press(KeyCode.ENTER);
        window.until(() -> engine().images().find("localhost:5000/team/web:2").isPresent());
        assertThat(engine().images().find("localhost:5000/team/web:1")).isEmpty();
        window.until(() -> repositories.lookupAll(".table-cell").stream()
                .anyMatch(node -> node instanceof TableCell<?, ?> cell
                        && "✓".equals(cell.getText())
                        && "already here".equals(cell.getAccessibleText())));
        window.until(() -> window.says("All of it is already here · linux/amd64"::equals));
        assertThat(tags.getSelectionModel().getSelectedIndices()).containsExactly(1);
        assertThat(repositories.getSelectionModel().getSelectedIndices()).containsExactly(0);
    }

    private boolean focused(String id) {
        Node owner = window.scene().getFocusOwner();
        return owner != null && id.equals(owner.getId());
    }

    @Test
    void deletingATagIsAskedFirstWithTheFocusOnCancel() {
        window.engine().registries().publish("localhost:5000/team/web:1", 1);
        add(LOCAL);
        choose(LOCAL);
        TableView<?> repositories = window.node("#repositories", TableView.class);
        window.until(() -> repositories.getItems().size() == 1);
        doing(() -> repositories.getSelectionModel().select(0));
        TableView<?> tags = window.node("#tags", TableView.class);
        window.until(() -> tags.getItems().size() == 1);
        doing(() -> {
            tags.getSelectionModel().select(0);
            tags.requestFocus();
        });
        press(KeyCode.DELETE);
        window.until(() -> window.says("Delete localhost:5000/team/web:1 from its registry?"::equals));
        window.until(this::focusOnCancel);
        press(KeyCode.ENTER);
        window.until(() -> !window.says("Delete localhost:5000/team/web:1 from its registry?"::equals));
        assertThat(engine().registries().tags(LOCAL, "team/web", 9)).hasSize(1);
        press(KeyCode.DELETE);
        window.click("Delete from registry");
        window.until(() -> tags.getItems().isEmpty());
        assertThat(engine().registries().tags(LOCAL, "team/web", 9)).isEmpty();
    }

    @Test
    void whatIsSetIsSavedAndAnInsecureRegistryIsMarked() {
        add(PRIVATE);
        choose(PRIVATE);
        doing(() -> window.node("#registry-detail", TabPane.class)
                .getSelectionModel()
                .select(1));
        CheckBox insecure = window.node("#registry-insecure", CheckBox.class);
        TextArea mirrors = window.node("#registry-mirrors", TextArea.class);
        doing(() -> {
            insecure.setSelected(true);
            mirrors.setText("mirror.example\nlocalhost:5001");
        });
        window.until(() -> window.says(text -> text.startsWith("Anyone between you")));
        Button save = window.node("#registry-save", Button.class);
        doing(save::fire);
        window.until(
                () -> engine().settings().registries().of(PRIVATE).orElseThrow().insecure());
        assertThat(engine().settings().registries().of(PRIVATE).orElseThrow().mirrors())
                .extracting(RegistryHost::name)
                .containsExactly("mirror.example", "localhost:5001");
        window.until(() -> window.says("Not checked"::equals));
    }

    @Test
    void theDetailOfARegistryIsClosedByItsButton() {
        add(PRIVATE);
        choose(PRIVATE);
        doing(window.node("#close-registry", Button.class)::fire);
        window.until(() -> window.scene().getRoot().lookup("#registry-detail") == null);
        window.until(() -> window.list().isFocused());
    }

    @Test
    void aRemovedRegistryComesBackByUndo() {
        add(PRIVATE);
        choose(PRIVATE);
        press(KeyCode.DELETE);
        window.until(() -> !rows().contains(PRIVATE));
        press(KeyCode.CONTROL, KeyCode.Z);
        window.until(() -> rows().contains(PRIVATE));
        assertThat(engine().settings().registries().of(PRIVATE)).isPresent();
    }

    private void chooseAll() {
        TableView<?> list = window.list();
        doing(() -> {
            list.getSelectionModel().selectAll();
            list.requestFocus();
        });
        window.node("#bulk-bar", Node.class);
    }

    @Test
    void severalAreTestedAndRemovedTogetherAndComeBackByUndo() {
        add(PRIVATE);
        add(LOCAL);
        chooseAll();
        window.until(() -> window.says("3 selected"::equals));
        // Nothing is set for Docker Hub that could be removed.
        window.until(() -> window.says("Remove (2)"::equals));
        doing(window.node("#bulk-test", Button.class)::fire);
        window.until(() -> window.says("Open to everyone"::equals) && window.says("Login required"::equals));
        press(KeyCode.DELETE);
        window.until(() -> rows().equals(List.of(RegistryHost.DOCKER_HUB)));
        window.until(() -> window.says("Removed the settings of 2 registries"::equals));
        press(KeyCode.CONTROL, KeyCode.Z);
        window.until(() -> rows().size() == 3);
        assertThat(engine().settings().registries().of(PRIVATE)).isPresent();
        assertThat(engine().settings().registries().of(LOCAL)).isPresent();
    }

    @Test
    void whatCanBeDoneToTheSelectedFollowsWhatIsSetForThem() {
        add(PRIVATE);
        add(LOCAL);
        chooseAll();
        Button remove = window.node("#bulk-remove", Button.class);
        window.until(() -> remove.getText().equals("Remove (2)"));
        add(RegistryHost.DOCKER_HUB);
        window.until(() -> remove.getText().equals("Remove"));
    }

    @Test
    void removingSeveralWithALoginIsAskedFirst() {
        engine().registries().login(PRIVATE, new RegistryCredential.Password("ada", new Secret("right")));
        doing(() -> context().registries().refresh());
        add(PRIVATE);
        add(LOCAL);
        chooseAll();
        doing(window.node("#bulk-remove", Button.class)::fire);
        window.until(() -> window.says("Remove 2 registries and log out?"::equals));
        window.until(this::focusOnCancel);
        assertThat(engine().settings().registries().of(LOCAL)).isPresent();
        window.click("Remove and log out");
        window.until(() -> rows().equals(List.of(RegistryHost.DOCKER_HUB)));
        assertThat(engine().registries().logins()).isEmpty();
    }

    @Test
    void whatIsAbsentIsDrawnInTheSameWayInEveryColumn() {
        add(PRIVATE);
        // A cell takes its style in the pulse after it has its words.
        window.until(() -> {
            List<Labeled> dashes = window.list().lookupAll(".table-cell").stream()
                    .filter(WindowOnFakeEngine::isShown)
                    .filter(TableCell.class::isInstance)
                    .map(Labeled.class::cast)
                    .filter(cell -> "–".equals(cell.getText()))
                    .toList();
            return dashes.size() >= 4
                    && dashes.stream().map(Labeled::getTextFill).distinct().count() == 1
                    && dashes.stream().map(Labeled::getFont).distinct().count() == 1;
        });
    }

    @Test
    void aThousandRegistriesAreListedAndSearched() {
        for (int i = 0; i < 1000; i++) {
            engine().images()
                    .tag(
                            engine().images().list().getFirst().id(),
                            ImageReference.parse("r%03d.example/web:1".formatted(i)));
        }
        window.until(() -> window.list().getItems().size() == 1001);
        press(KeyCode.CONTROL, KeyCode.F);
        window.until(() -> focused("search"));
        window.robot().write("r99");
        window.until(() -> window.list().getItems().size() == 10);
    }
}
