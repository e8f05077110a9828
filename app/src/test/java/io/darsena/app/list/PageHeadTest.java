package io.darsena.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

/// Where the parts of a page's head stand. Sizes are in pixels of no window.
class PageHeadTest {

    private final Region title = part(100, 30);
    private final FlowPane filters = flow(8, part(60, 20), part(70, 20));
    private final FlowPane tools = flow(16, part(200, 28), part(300, 28));
    private final PageHead head = new PageHead();

    PageHeadTest() {
        head.getChildren().addAll(title, filters, tools);
    }

    private static Region part(double width, double height) {
        Region part = new Region();
        part.setMinSize(width, height);
        part.setPrefSize(width, height);
        part.setMaxSize(width, height);
        return part;
    }

    private static FlowPane flow(double gap, Region... parts) {
        FlowPane flow = new FlowPane(gap, 4, parts);
        flow.setPrefWrapLength(5);
        return flow;
    }

    private void width(double width) {
        head.resize(width, head.prefHeight(width));
        head.layout();
    }

    private static double end(Node node) {
        return node.getBoundsInParent().getMaxX();
    }

    @Test
    void allStandInOneLineWhereThereIsRoom() {
        width(2000);
        assertThat(head.getHeight()).isEqualTo(30);
        assertThat(filters.getLayoutX()).isEqualTo(116);
        assertThat(filters.getHeight()).isEqualTo(30);
        assertThat(end(tools)).isEqualTo(2000);
        assertThat(tools.getWidth()).isEqualTo(516);
    }

    @Test
    void whatJustHasRoomStaysInOneLine() {
        width(100 + 16 + 138 + 16 + 516);
        assertThat(head.getHeight()).isEqualTo(30);
        assertThat(tools.getLayoutX()).isEqualTo(270);
    }

    @Test
    void theToolsGetALineOfTheirOwnBelow() {
        width(785);
        assertThat(head.getHeight()).isEqualTo(30 + 8 + 28);
        assertThat(filters.getHeight()).isEqualTo(30);
        assertThat(tools.getLayoutY()).isEqualTo(38);
        assertThat(end(tools)).isEqualTo(785);
    }

    @Test
    void flowsWrapWhereEvenALineOfTheirOwnIsTooShort() {
        width(320);
        assertThat(head.getHeight()).isEqualTo(30 + 8 + 28 + 4 + 28);
        assertThat(filters.getWidth()).isEqualTo(138);
        width(200);
        assertThat(filters.getWidth()).isEqualTo(84);
        assertThat(head.getHeight()).isEqualTo(20 + 4 + 20 + 8 + 28 + 4 + 28);
    }

    @Test
    void whatIsNotManagedTakesNoRoom() {
        tools.setManaged(false);
        filters.getChildren().getFirst().setManaged(false);
        width(190);
        assertThat(head.getHeight()).isEqualTo(30);
        assertThat(end(filters)).isEqualTo(190);
    }
}
