package io.darsena.app.containers.files;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.files.FileViewer;
import io.darsena.app.layers.ExplorerRows;
import io.darsena.app.layers.ExplorerTable;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.layer.ExtendedAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The Files tab: what a container writes, a file opened, saved, and committed.
@Timeout(90)
class FilesScreenTest {

    private static final ImageConfig CONFIG =
            new ImageConfig(List.of(), List.of("starter"), List.of(), "", "", "", List.of(), List.of(), Map.of());

    private static final FakeLayer CHANGES = FakeLayer.of(
            "",
            "f 30 etc/passwd",
            "w etc/motd",
            "d srv/data",
            "f 900 srv/data/log.txt",
            "f 64 srv/data/raw.bin",
            "f 300 srv/logo.png",
            "l srv/latest data/log.txt");

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;
    private ContainerId id;

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine();
        engine.addImage(
                "acme/site:1",
                CONFIG,
                List.of(FakeLayer.of("ADD base", "d etc", "f 286 etc/motd", "f 900 etc/passwd", "d srv")));
        id = ((Engine) engine)
                .containers()
                .create(ContainerSpec.of("acme/site:1").withName("web-1"));
        ((Engine) engine).containers().start(id);
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        window.choose(id);
        window.tab("Files");
        window.node("#only-changed", Node.class);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private ExplorerTable files() {
        return (ExplorerTable) window.node("#explorer", TableView.class);
    }

    private List<String> lines() {
        return window.read(() -> {
            ExplorerTable files = files();
            return files.lines().stream().map(row -> path(files, row.node())).toList();
        });
    }

    private static String path(ExplorerTable files, int node) {
        return ((ExplorerRows) files.getItems()).tree().orElseThrow().path(node);
    }

    private void change() {
        change(CHANGES);
        window.until(() -> lines().contains("srv/data/log.txt"));
    }

    /// Asks for what is new at once; that it comes by itself is one test's matter.
    private void change(FakeLayer own) {
        window.engine().change(id, own);
        doing(() -> window.node("#files-refresh", Button.class).fire());
    }

    private void choose(String... paths) {
        doing(() -> {
            files().requestFocus();
            files().getSelectionModel().clearSelection();
            for (String path : paths) {
                int line = lines().indexOf(path);
                files().getSelectionModel().select(line);
                files().scrollTo(line);
            }
        });
    }

    private String text(String query) {
        Label label = window.node(query, Label.class);
        return ToolkitStart.onFxThread(label::getText);
    }

    private ListView<?> content() {
        return window.node("#file-lines", ListView.class);
    }

    private void openFile(String path) {
        choose(path);
        window.robot().type(KeyCode.ENTER);
        window.until(() -> content().isVisible() && text("#file-title").equals("/" + path));
    }

    @Test
    void whatTheContainerWritesAppearsByItself() {
        window.until(() -> window.says("Nothing changed yet"::equals));
        assertThat(window.node("#commit", Button.class).isDisabled()).isTrue();
        window.engine().change(id, CHANGES);
        window.until(() -> lines().contains("srv/data/log.txt"));
        assertThat(lines()).contains("etc/motd", "etc/passwd", "srv/latest").doesNotContain("usr");
        window.until(() -> text("#files-written").contains("7 changes"));
        window.click("#only-changed");
        change(FakeLayer.of(""));
        window.until(() -> lines().equals(List.of("etc", "etc/motd", "etc/passwd", "srv")));
    }

    @Test
    void theColumnsAreThePersons() {
        change();
        window.click("#file-columns");
        window.click("#show-mode");
        window.until(() -> files().getVisibleLeafColumns().stream()
                .noneMatch(column -> column.getId().equals("mode")));
        window.until(() -> WindowMemory.at(folder.resolve("window"))
                .text("columns.files")
                .filter(text -> text.contains(" -mode="))
                .isPresent());
    }

    @Test
    void allFilesAreAButtonAwayWhereNothingChanged() {
        window.click("#show-all-files");
        window.until(() -> lines().contains("etc/motd"));
    }

    @Test
    void whatIsChosenAndWhereThePersonLooksStaysWhileTheContainerWrites() {
        String[] many = IntStream.range(100, 200)
                .mapToObj(number -> "f 10 srv/file-" + number)
                .toArray(String[]::new);
        change(FakeLayer.of("", many));
        window.until(() -> lines().contains("srv"));
        choose("srv");
        window.robot().type(KeyCode.RIGHT);
        window.until(() -> lines().contains("srv/file-150"));
        choose("srv/file-150");
        doing(() -> files().scrollTo(lines().indexOf("srv/file-145")));
        window.until(() -> first().equals("srv/file-145"));
        String[] more = IntStream.range(90, 200)
                .mapToObj(number -> "f 10 srv/file-" + (number < 100 ? "0" + number : number))
                .toArray(String[]::new);
        change(FakeLayer.of("", more));
        window.until(() -> lines().contains("srv/file-090"));
        window.until(() -> first().equals("srv/file-145"));
        assertThat(ToolkitStart.onFxThread(() -> files().chosen().getFirst().toString()))
                .isEqualTo("srv/file-150");
    }

    /// The uppermost line of which something is seen.
    private String first() {
        VirtualFlow<?> flow = (VirtualFlow<?>) files().lookup(".virtual-flow");
        IndexedCell<?> cell = flow.getFirstVisibleCell();
        int hidden = cell.getLayoutY() + cell.getHeight() < 1 ? 1 : 0;
        return path(files(), files().lines().get(cell.getIndex() + hidden).node());
    }

    @Test
    void aFailureIsToldThereAndCanBeTriedAgain() {
        window.until(() -> text("#files-written").contains("nothing changed"));
        window.engine().failNext("show files", new NotFoundException("show the files of", "web-1", "it went", ""));
        window.click("#files-refresh");
        window.until(() -> window.says(words -> words.contains("It went")));
        window.click("#files-retry");
        window.until(() -> !window.says(words -> words.contains("It went")));
    }

    @Test
    void aTextIsOpenedAndSearchedByKeyboardAlone() {
        change();
        openFile("srv/data/log.txt");
        window.until(() -> content().getItems().size() > 10);
        window.until(() -> text("#file-facts").startsWith("Text · "));
        assertThat(ToolkitStart.onFxThread(() -> content().getAccessibleText())).isEqualTo("/srv/data/log.txt");
        window.robot().press(KeyCode.CONTROL).type(KeyCode.F).release(KeyCode.CONTROL);
        window.robot().write("LOG.txt");
        window.until(() -> window.says(words -> words.startsWith("1 of ")));
        window.robot().type(KeyCode.ENTER);
        window.until(() -> window.says(words -> words.startsWith("2 of ")));
        assertThat(ToolkitStart.onFxThread(() -> content().getSelectionModel().getSelectedIndex()))
                .isEqualTo(1);
        window.robot().press(KeyCode.SHIFT).type(KeyCode.F3).release(KeyCode.SHIFT);
        window.until(() -> window.says(words -> words.startsWith("1 of ")));
        window.robot().type(KeyCode.ESCAPE).type(KeyCode.ESCAPE).type(KeyCode.ESCAPE);
        window.until(() -> window.robot().lookup("#file-title").tryQuery().isEmpty());
        window.until(() -> files().isFocused());
    }

    @Test
    void aChangedFileStandsBesideTheImagesByKeyboardAlone() {
        change();
        openFile("etc/passwd");
        ToggleButton beside = window.node("#beside", ToggleButton.class);
        doing(beside::requestFocus);
        window.robot().type(KeyCode.SPACE);
        ListView<?> rows = window.node("#beside-rows", ListView.class);
        window.until(() -> !rows.getItems().isEmpty());
        assertThat(text("#beside-count")).isEqualTo("1 difference");
        assertThat(text("#beside-before")).isEqualTo("In the image");
        window.until(() -> rows.lookupAll(".diff-half.removed").stream().anyMatch(WindowOnFakeEngine::isShown));
        window.until(() -> rows.lookupAll(".diff-half.changed").stream().anyMatch(WindowOnFakeEngine::isShown));
        doing(rows::requestFocus);
        window.robot().type(KeyCode.F7);
        window.until(() -> rows.getSelectionModel().getSelectedIndex() == 0);
        window.robot().type(KeyCode.ESCAPE);
        window.until(() -> window.robot().lookup("#file-title").tryQuery().isEmpty());
        openFile("srv/data/log.txt");
        assertThat(window.robot().lookup("#beside").tryQuery()).isEmpty();
    }

    @Test
    void whatIsNoTextIsShownAsBytesAndAPictureAsPicture() {
        change();
        openFile("srv/data/raw.bin");
        window.until(() -> text("#file-facts").startsWith("Bytes · "));
        assertThat(ToolkitStart.onFxThread(() -> content().getItems().toString()))
                .contains("00 01 02 03");
        window.click("#close-file");
        choose("srv/logo.png");
        window.robot().type(KeyCode.ENTER);
        ImageView picture = window.node("#file-picture", ImageView.class);
        window.until(() -> picture.getImage().getWidth() == 64);
        Set<Node> asText = window.robot().lookup("#look-text").queryAll();
        assertThat(asText).noneMatch(WindowOnFakeEngine::isShown);
        window.click("#look-bytes");
        window.until(() -> content().isVisible() && text("#file-facts").startsWith("Bytes · "));
        assertThat(ToolkitStart.onFxThread(() -> content().getItems().getFirst().toString()))
                .contains(".PNG");
        window.click("#look-picture");
        window.until(() -> text("#file-facts").startsWith("PNG"));
        assertThat(text("#file-facts")).startsWith("PNG picture · 64 × 64");
        window.robot().type(KeyCode.ESCAPE);
        window.until(() -> window.robot().lookup("#file-title").tryQuery().isEmpty());
    }

    @Test
    void aLinkShowsWhereItLeadsAndIsNotOpened() {
        change();
        choose("srv/latest");
        window.robot().type(KeyCode.ENTER);
        window.until(() -> window.says("→ data/log.txt"::equals));
        assertThat(window.robot().lookup("#file-title").tryQuery()).isEmpty();
        ContextMenu menu = ToolkitStart.onFxThread(() -> {
            files().getContextMenu().show(files(), 10, 10);
            return files().getContextMenu();
        });
        assertThat(menu.getItems())
                .filteredOn(MenuItem::isDisable)
                .extracting(MenuItem::getId)
                .containsExactly("menu-openFile", "menu-saveAs");
        doing(menu::hide);
    }

    @Test
    void whatASavedDirectoryLacksIsSaid() {
        change(FakeLayer.of("", "f 30 etc/passwd", "f 900 srv/log", "s srv/socket", "s srv/other"));
        window.until(() -> lines().contains("srv/log"));
        Path tar = folder.resolve("srv.tar");
        doing(() -> files().hand().choosing((owner, title, name) -> Optional.of(tar)));
        choose("srv");
        window.robot().press(KeyCode.CONTROL).type(KeyCode.S).release(KeyCode.CONTROL);
        window.until(
                () -> text("#save-words")
                        .endsWith(
                                " saved to " + tar
                                        + " · 2 entries are left out: sockets, devices, or what may not be read or vanished meanwhile."));
        choose("etc");
        window.robot().press(KeyCode.CONTROL).type(KeyCode.S).release(KeyCode.CONTROL);
        window.until(() -> text("#save-words").endsWith(" saved to " + tar));
    }

    @Test
    void aFileAndADirectoryAreSavedWhereThePersonSays() throws Exception {
        change();
        Path file = folder.resolve("saved.txt");
        Files.writeString(file, "before");
        doing(() -> files().hand().choosing((owner, title, name) -> {
            assertThat(name).isEqualTo("log.txt");
            return Optional.of(file);
        }));
        choose("srv/data/log.txt");
        window.robot().press(KeyCode.CONTROL).type(KeyCode.S).release(KeyCode.CONTROL);
        window.until(() -> window.says(words -> words.contains("saved to " + file)));
        assertThat(Files.readString(file)).hasSize(900).startsWith("srv/data/log.txt of layer 2");
        Path tar = folder.resolve("data.tar");
        doing(() -> files().hand().choosing((owner, title, name) -> {
            assertThat(name).isEqualTo("data.tar");
            return Optional.of(tar);
        }));
        choose("srv/data");
        window.robot().press(KeyCode.CONTROL).type(KeyCode.S).release(KeyCode.CONTROL);
        window.until(() -> window.says(words -> words.contains("saved to " + tar)));
        assertThat(Files.size(tar)).isGreaterThan(1024);
        try (var left = Files.list(folder)) {
            assertThat(left.map(each -> each.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void whatIsBeingSavedWhenTheViewerClosesGoesOnAndTellsItsEnd() throws Exception {
        change();
        openFile("srv/data/log.txt");
        window.until(() -> !content().getItems().isEmpty());
        Path file = folder.resolve("saved.txt");
        FileViewer viewer = window.node(".file-viewer", FileViewer.class);
        doing(() -> viewer.hand().choosing((owner, title, name) -> Optional.of(file)));
        try (AutoCloseable held = window.engine().hold("show files")) {
            window.click("#save-file");
            window.until(() -> text("#save-words").startsWith("/srv/data/log.txt: "));
            window.click("#close-file");
            window.until(() -> window.robot().lookup("#file-title").tryQuery().isEmpty());
            window.until(() ->
                    window.robot().lookup("#late-saves #save-words").tryQuery().isPresent());
        }
        window.until(() -> window.says(words -> words.contains("saved to " + file)));
        assertThat(file).content().hasSize(900);
        window.click("#late-saves .icon-button");
        window.until(() ->
                window.robot().lookup("#late-saves #save-words").tryQuery().isEmpty());

        openFile("srv/data/log.txt");
        FileViewer again = window.node(".file-viewer", FileViewer.class);
        Path nowhere = folder.resolve("missing/saved.txt");
        doing(() -> again.hand().choosing((owner, title, name) -> Optional.of(nowhere)));
        try (AutoCloseable held = window.engine().hold("show files")) {
            window.click("#save-file");
            window.until(() -> text("#save-words").startsWith("/srv/data/log.txt: "));
            window.robot().type(KeyCode.ESCAPE);
            window.until(() ->
                    window.robot().lookup("#late-saves #save-words").tryQuery().isPresent());
        }
        window.node("#late-saves .failure-banner", Node.class);
        assertThat(window.robot().lookup("#late-saves #save-words").queryLabeled())
                .matches(words -> !WindowOnFakeEngine.isShown(words));
    }

    @Test
    void whatCannotBeSavedLeavesWhatWasThere() throws Exception {
        change();
        Path file = folder.resolve("saved.txt");
        Files.writeString(file, "before");
        doing(() -> files().hand().choosing((owner, title, name) -> Optional.of(file)));
        window.engine().failNext("read file", new FailedException("read", "log.txt", "it broke off", ""));
        choose("srv/data/log.txt");
        window.robot().press(KeyCode.CONTROL).type(KeyCode.S).release(KeyCode.CONTROL);
        window.until(() -> window.says(words -> words.contains("It broke off")));
        assertThat(file).hasContent("before");
    }

    @Test
    void severalPathsAreCopied() {
        change();
        choose("srv/data/log.txt", "etc/passwd");
        window.robot().press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        window.until(() -> "/etc/passwd\n/srv/data/log.txt"
                        .equals(Clipboard.getSystemClipboard().getString())
                || "/srv/data/log.txt\n/etc/passwd"
                        .equals(Clipboard.getSystemClipboard().getString()));
    }

    @Test
    void chosenChangesBecomeAnImageThatIsOffered() {
        change();
        choose("etc/passwd");
        window.click("#commit");
        TextField name = window.node("#commit-name", TextField.class);
        window.until(name::isFocused);
        TextArea dockerfile = window.node("#commit-dockerfile", TextArea.class);
        window.until(() ->
                dockerfile.getText().equals("FROM acme/site:1\nCOPY --chown=0:0 --chmod=0644 etc/passwd /etc/passwd"));
        assertThat(window.read(
                        () -> window.node("#commit-chosen", RadioButton.class).isSelected()))
                .isTrue();
        assertThat(ToolkitStart.onFxThread(dockerfile::getAccessibleText)).isNotEmpty();
        window.robot().write("No Name");
        window.until(() -> window.says(words -> words.startsWith("This is not a valid image name")));
        assertThat(window.node("#commit-verb", Button.class).isDisabled()).isTrue();
        doing(name::clear);
        window.robot().write("acme/site:2");
        window.engine().failNext("commit", new FailedException("commit", "web-1", "the disk is full", ""));
        window.robot().type(KeyCode.ENTER);
        window.until(() -> window.says(words -> words.contains("The disk is full")));
        doing(name::requestFocus);
        window.robot().type(KeyCode.ENTER);
        window.until(() -> window.says(words -> words.equals("The image acme/site:2 was created.")));
        window.until(() -> window.node("#commit-show", Button.class).isFocused());
        window.robot().type(KeyCode.ENTER);
        window.until(() -> window.list().getItems().size() == 1 && window.says("acme/site"::equals));
        assertThat(((Engine) window.engine()).images().find("acme/site:2")).isPresent();
    }

    @Test
    void theConfigurationIsChangedInAPartOfTheDialogThatOpens() {
        change();
        window.click("#commit");
        window.until(window.node("#commit-name", TextField.class)::isFocused);
        doing(() -> window.node("#commit-more", Button.class).fire());
        TextArea changes = window.node("#commit-changes", TextArea.class);
        window.until(changes::isFocused);
        Button verb = window.node("#commit-verb", Button.class);
        doing(() -> changes.setText("RUN true"));
        window.until(() -> verb.isDisabled() && window.says(words -> words.contains("RUN is not a valid change")));
        doing(() -> changes.setText("ENV MODE=production"));
        TextArea dockerfile = window.node("#commit-dockerfile", TextArea.class);
        window.until(() -> !verb.isDisabled() && dockerfile.getText().endsWith("ENV MODE=production"));
        doing(verb::fire);
        window.until(() -> window.says(words -> words.contains("was created.")));
    }

    @Test
    void whatNoImageCanHaveIsToldBeforeACommitAndAfterIt() {
        change(FakeLayer.of("", "f 30 etc/passwd", "s srv/socket"));
        Label written = window.node("#files-written", Label.class);
        window.until(() -> written.getText().endsWith(" · 1 entry left out"));
        assertThat(window.read(() -> written.getTooltip().getText())).startsWith("Sockets");
        window.click("#commit");
        window.until(window.node("#commit-name", TextField.class)::isFocused);
        window.robot().type(KeyCode.ENTER);
        window.until(() -> window.says(words -> words.contains("was created. 1 entry is left out: a socket")));
    }

    @Test
    void whatIsChosenIsRevertedAfterAQuestionAndGoneAtOnce() {
        change();
        Button revert = window.node("#revert", Button.class);
        doing(() -> files().getSelectionModel().clearSelection());
        window.until(revert::isDisabled);
        choose("etc/passwd", "srv/data");
        window.until(() -> !revert.isDisabled());
        window.robot().press(KeyCode.CONTROL).type(KeyCode.BACK_SPACE).release(KeyCode.CONTROL);
        window.until(() -> window.says("Revert 2 entries?"::equals));
        window.until(() -> window.says(words -> words.contains("The container is running")));
        // The focus is on Cancel.
        window.robot().type(KeyCode.ENTER);
        window.until(() -> !window.says("Revert 2 entries?"::equals));
        assertThat(lines()).contains("srv/data/log.txt");
        window.engine().failNext("revert", new FailedException("revert", "web-1", "the disk is full", ""));
        confirmRevert();
        window.until(() -> window.says(words -> words.contains("The disk is full")));
        confirmRevert();
        window.until(() -> window.says("2 entries: restored to what the image has"::equals));
        window.until(() -> !lines().contains("srv/data") && !lines().contains("etc/passwd"));
        assertThat(lines()).contains("etc/motd", "srv/latest");
    }

    /// A name that would say something else than it is: a line of its own, and letters that run the other way.
    @Test
    void aNameOfAStrangerForgesNoQuestionAndNoNote() {
        String forged = "srv/x\nNothing is lost.\u202egpj.exe";
        change(FakeLayer.of("", "f 5 " + forged, "l srv/link /etc/\u2066shadow\nsafe", "f 30 etc/passwd"));
        window.until(() -> lines().contains(forged));
        window.until(() -> window.says("x\\nNothing is lost.\\u202egpj.exe"::equals));
        window.until(() -> window.says(words -> words.contains("→ /etc/\\u2066shadow\\nsafe")));
        choose(forged);
        window.click("#revert");
        window.until(() -> window.says("Revert /srv/x\\nNothing is lost.\\u202egpj.exe?"::equals));
        assertThat(window.says(words -> words.indexOf('\u202e') >= 0 || words.contains("\nNothing is lost")))
                .isFalse();
        window.robot().type(KeyCode.ENTER);
        window.until(() -> !window.says(words -> words.startsWith("Revert /srv")));
        doing(() -> files().requestFocus());
        window.robot().type(KeyCode.ENTER);
        window.until(() -> text("#file-title").equals("/srv/x\\nNothing is lost.\\u202egpj.exe"));
    }

    @Test
    void propertiesTellAllOfAFileByKeyboardAlone() {
        change();
        window.engine().tellAttribute("srv/data/log.txt", new ExtendedAttribute("user.note", new byte[] {'h', 'i'}));
        window.engine().tellAttribute("srv/data/log.txt", new ExtendedAttribute("user.bytes", new byte[] {1, -1}));
        choose("srv/data/log.txt");
        window.robot().press(KeyCode.ALT).type(KeyCode.ENTER).release(KeyCode.ALT);
        window.until(() -> text("#properties-title").equals("/srv/data/log.txt"));
        assertThat(window.says("900 bytes (900\u00a0B)"::equals)).isTrue();
        assertThat(window.says("-rw-r--r--  0644"::equals)).isTrue();
        assertThat(window.says("Owner: read, write\nGroup: read\nOthers: read"::equals))
                .isTrue();
        window.until(() -> window.says("user.note"::equals) && window.says("hi"::equals));
        assertThat(window.says("user.bytes"::equals) && window.says("01 ff"::equals))
                .isTrue();
        window.robot().type(KeyCode.ESCAPE);
        window.until(() -> window.robot().lookup("#properties-title").tryQuery().isEmpty());
        window.until(() -> files().isFocused());
        choose("etc/motd");
        MenuItem entry = files().getContextMenu().getItems().stream()
                .filter(item -> "menu-properties".equals(item.getId()))
                .findFirst()
                .orElseThrow();
        doing(entry::fire);
        window.until(() -> text("#properties-title").equals("/etc/motd"));
        assertThat(window.says("Extended attributes"::equals))
                .as("of what was removed nothing can be read")
                .isFalse();
    }

    private void confirmRevert() {
        window.click("#revert");
        window.until(() -> window.says("Revert 2 entries?"::equals));
        window.click(".dialog-pane .danger");
    }

    private static Optional<MenuItem> commitEntry() {
        return Window.getWindows().stream()
                .filter(shown -> shown instanceof ContextMenu)
                .flatMap(shown -> ((ContextMenu) shown).getItems().stream())
                .filter(entry -> "menu-commit".equals(entry.getId()))
                .findFirst();
    }

    @Test
    void thePaletteCommitsAContainer() {
        window.robot().press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.P).release(KeyCode.SHIFT, KeyCode.CONTROL);
        window.node("#palette-field", Node.class);
        window.robot().write("commit web-1");
        window.robot().push(KeyCode.ENTER);
        window.until(() -> window.node("#commit-all", RadioButton.class).isSelected());
        assertThat(window.says("Commit web-1"::equals)).isTrue();
    }

    @Test
    void theMenuOfAContainerCommitsIt() {
        window.robot().rightClickOn(window.place("web-1"));
        window.until(() -> commitEntry().isPresent());
        doing(() -> {
            MenuItem entry = commitEntry().orElseThrow();
            entry.getParentPopup().hide();
            entry.fire();
        });
        window.node("#commit-all", RadioButton.class);
        window.until(() -> window.node("#commit-all", RadioButton.class).isSelected());
        assertThat(window.read(
                        () -> window.node("#commit-chosen", RadioButton.class).isDisabled()))
                .isTrue();
        window.robot().type(KeyCode.ESCAPE);
        window.until(() -> window.robot().lookup("#commit-name").tryQuery().isEmpty());
    }
}
