package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.layer.DockerfileLines;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The lines of the Dockerfile that asked for a layer: named where the instruction is, and shown when they are
/// wanted.
class DockerfileScreenTest extends OnImages {

    private static final String INSTALL = "RUN apt-get update \\\n    && apt-get install -y nginx";

    @BeforeEach
    void addBuilt() {
        window.engine()
                .addImage(
                        "acme/built:1",
                        CONFIG,
                        List.of(
                                BASE.at(new DockerfileLines("Dockerfile", 2, 2, "FROM debian:13", true)),
                                FakeLayer.of("ENV VERSION=1.29"),
                                FakeLayer.of(
                                                "RUN /bin/sh -c apt-get update && apt-get install -y nginx # buildkit",
                                                "f 1300000 usr/sbin/nginx",
                                                "f 950000 etc/passwd")
                                        .at(new DockerfileLines("Dockerfile", 9, 10, INSTALL, false)),
                                FakeLayer.of("RUN /bin/sh -c touch /etc/passwd # buildkit", "f 960000 etc/passwd")
                                        .at(new DockerfileLines("Dockerfile", 1204, 1204, "", false))));
        TableView<?> images = window.node("#table", TableView.class);
        window.until(() -> images.getItems().size() == 5);
        choose("acme/built");
        window.until(() -> pyramid().getItems().size() == 4);
    }

    private String button(String id) {
        return ToolkitStart.onFxThread(() -> window.node(id, Button.class).getText());
    }

    @Test
    void theWasteNamesTheLinesThatBroughtItAndThatHideIt() {
        select(window.node("#image-detail", TabPane.class), "waste-tab");
        window.until(
                () -> window.says("layer 2, Dockerfile:9–10: RUN apt-get update && apt-get install -y nginx"::equals));
        assertThat(window.says("overwritten by layer 3, Dockerfile:1204: RUN touch /etc/passwd"::equals))
                .isTrue();
        assertThat(window.says("layer 1, FROM in Dockerfile:2: ADD file:9f in /"::equals))
                .isTrue();
        ToolkitStart.doing(
                () -> window.node("#waste", TableView.class).getSelectionModel().select(0));
        window.until(() -> button("#waste-source").equals("Dockerfile:9–10"));
        assertThat(isSeen("#waste-source-lines")).isFalse();
        window.click("#waste-source");
        window.until(() -> isSeen("#waste-source-lines"));
        assertThat(text("#waste-source-lines"))
                .isEqualTo("\u00a09\u00a0\u00a0RUN apt-get update \\\n10\u00a0\u00a0    && apt-get install -y nginx");
    }

    /// What is shown of instructions, the history's and the Dockerfile's.
    private List<String> instructions() {
        return ToolkitStart.onFxThread(() -> window.scene().getRoot().lookupAll(".step-instruction").stream()
                .filter(node -> node.isVisible() && node instanceof Label)
                .map(node -> ((Label) node).getText())
                .toList());
    }

    @Test
    void aStepNamesItsLinesAndShowsThem() {
        choose(1);
        window.until(() -> button("#step-source").equals("Dockerfile:9–10"));
        assertThat(spoken(1)).contains("Dockerfile:9–10");
        window.click("#step-source");
        window.until(() -> isSeen("#step-source-lines"));
        assertThat(instructions()).as("they are the instruction").hasSize(1);
        choose(3);
        window.until(() -> text("#step-source-lines").equals("2\u00a0\u00a0FROM debian:13"));
        assertThat(button("#step-source")).isEqualTo("FROM in Dockerfile:2");
        assertThat(instructions())
                .as("the line that names the base is not its instruction")
                .hasSize(2);
        choose(0);
        window.until(() -> text("#step-source-name").equals("Dockerfile:1204"));
        assertThat(isSeen("#step-source")).as("there is no text to show").isFalse();
        assertThat(isSeen("#step-source-lines")).isFalse();
        choose(2);
        window.until(() -> !isSeen("#step-source-name"));
    }

    @Test
    void theHistoryHasAColumnForThemWhereTheyAreKnown() {
        TabPane tabs = window.node("#image-detail", TabPane.class);
        ToolkitStart.doing(() -> tabs.getTabs().stream()
                .filter(tab -> "History".equals(tab.getText()))
                .forEach(tabs.getSelectionModel()::select));
        window.until(() -> window.says("Dockerfile:9–10"::equals));
        assertThat(hasColumn()).isTrue();
        choose("acme/site");
        window.until(() -> window.node("#history", TableView.class).getItems().size() == 5);
        window.until(() -> !hasColumn());
    }

    private boolean hasColumn() {
        return ToolkitStart.onFxThread(() -> columns(window.node("#history", TableView.class)).stream()
                .map(TableColumn::getText)
                .anyMatch("Dockerfile"::equals));
    }

    private static List<? extends TableColumn<?, ?>> columns(TableView<?> table) {
        return table.getVisibleLeafColumns();
    }
}
