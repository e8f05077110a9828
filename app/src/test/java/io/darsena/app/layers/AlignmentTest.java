package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.shell.MadeMouse;
import io.darsena.app.shell.WindowOnFakeEngine;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;

/// What stands below each other begins at one edge and ends at one, and what stands in one row is equally high.
class AlignmentTest extends OnImages {

    private static final double HAIR = 1.5;

    private static Bounds place(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }

    /// Where the words of a label, or of the head or cell of a column, are drawn.
    private static Bounds words(Node node) {
        return node.lookupAll(".text").stream()
                .filter(text -> text instanceof Text shown && !shown.getText().isBlank())
                .map(AlignmentTest::place)
                .findFirst()
                .orElseThrow();
    }

    private Bounds wordsOf(String query) {
        return window.read(() -> words(window.node(query, Labeled.class)));
    }

    private Bounds head(String table, String title) {
        return window.read(() -> window.node(table, TableView.class).lookupAll(".column-header > .label").stream()
                .filter(label -> label instanceof Labeled head && title.equals(head.getText()))
                .map(AlignmentTest::words)
                .findFirst()
                .orElseThrow());
    }

    private Bounds first(String query) {
        return window.read(() -> window.scene().getRoot().lookupAll(query).stream()
                .filter(WindowOnFakeEngine::isShown)
                .map(AlignmentTest::place)
                .min(Comparator.comparing(Bounds::getMinX))
                .orElseThrow());
    }

    private void waste() {
        choose("acme/fat");
        select(window.node("#image-detail", TabPane.class), "waste-tab");
        window.until(() -> window.says(words -> words.contains(" is waste (")));
        window.until(() -> !window.node("#waste", TableView.class)
                .lookupAll(".table-cell.numeric")
                .isEmpty());
    }

    /// Once all has its place.
    private void isLinedUp(Callable<Double> one, Callable<Double> other) {
        window.until(() -> Math.abs(one.call() - other.call()) < HAIR);
    }

    /// Without a column that the small window of a test has no room for.
    @Test
    void allOfAPageBeginsAndEndsWhereItsHeadDoes() {
        Callable<Double> left = () -> wordsOf(".page-header .page-title").getMinX();
        isLinedUp(left, () -> head("#table", "Name").getMinX());
        window.click("#columns");
        window.click("#show-id");
        isLinedUp(
                () -> place(window.node("#columns", Node.class)).getMaxX(),
                () -> head("#table", "Actions").getMaxX());
        waste();
        isLinedUp(left, () -> wordsOf("#waste-summary").getMinX());
        isLinedUp(left, () -> first("#waste-all").getMinX());
    }

    @Test
    void whatIsToldOfALayerBeginsWhereItsFilesDo() {
        Callable<Double> left = () -> wordsOf(".step-words > .strong").getMinX();
        isLinedUp(left, () -> first(".explorer-pane .segments").getMinX());
        isLinedUp(left, () -> head("#explorer", "Name").getMinX());
    }

    @Test
    void theWordsOfAStepStandOnTheLineOfItsTitle() {
        choose(2);
        window.until(() -> isSeen("#step-counts"));
        isLinedUp(() -> baseline(".step-words > .strong"), () -> baseline("#step-counts"));
    }

    private double baseline(String query) {
        return window.read(() -> window.node(query, Labeled.class).lookupAll(".text").stream()
                .map(text -> text.localToScene(0, text.getBaselineOffset()).getY())
                .findFirst()
                .orElseThrow());
    }

    /// The mark of the order stands beside the head's words.
    @Test
    void theHeadOfNumbersEndsWhereTheyDoHoweverTheRowsAreSorted() {
        waste();
        isLinedUp(() -> numbers("#waste"), () -> head("#waste", "Wasted").getMaxX());
        new MadeMouse(window).click("Path");
        isLinedUp(() -> numbers("#waste"), () -> head("#waste", "Wasted").getMaxX());
        isLinedUp(() -> numbers("#table"), () -> head("#table", "Size").getMaxX());
    }

    private double numbers(String table) {
        return window.read(() -> window.node(table, TableView.class).lookupAll(".table-cell.numeric").stream()
                .filter(cell -> cell instanceof Labeled shown && shown.getText() != null)
                .map(AlignmentTest::words)
                .findFirst()
                .orElseThrow()
                .getMaxX());
    }

    @Test
    void sizesInColumnsStandPointBelowPoint() {
        window.until(() -> texts("#explorer").equals(List.of("2.0\u00a0KB", "2.0\u00a0KB")));
        TabPane tabs = window.node("#image-detail", TabPane.class);
        window.read(() -> {
            tabs.getSelectionModel().select(1);
            return true;
        });
        window.until(() -> texts("#history").contains("2.0\u00a0KB"));
    }

    /// Of the cells of numbers.
    private List<String> texts(String table) {
        return window.read(() -> window.node(table, TableView.class).lookupAll(".table-cell.numeric").stream()
                .filter(cell -> cell instanceof Labeled shown && shown.getText() != null)
                .map(cell -> ((Labeled) cell).getText())
                .toList());
    }

    @Test
    void theToolsOfFilesAreEquallyHigh() {
        window.click("#scope-image");
        window.until(() -> isSeen("#only-changed"));
        Node tools = window.node(".file-filter", Node.class).getParent();
        List<String> heights =
                window.read(() -> Stream.of(".search-box", ".menu-button", ".chip", ".button", ".segments")
                        .flatMap(kind -> tools.lookupAll(kind).stream())
                        .filter(WindowOnFakeEngine::isShown)
                        .map(tool -> tool.getLayoutBounds().getHeight() + " " + tool.getId())
                        .toList());
        assertThat(heights).hasSizeGreaterThan(4).allMatch(height -> height.startsWith("28.0 "), "28 pixels");
    }
}
