package io.darsena.app.layers;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A layer as a step of a pyramid: the wider the more bytes, narrower at the top, with words in it. It takes the width
/// that it is given.
public final class StepBlock extends StackPane {

    private static final double NARROWEST = 0.24;
    private static final double SLANT = 14;
    private static final double HEIGHT = 44;
    private static final double MARGIN = 12;
    private static final double FOOT = 2;
    private static final double BETWEEN = 8;

    private final Label title = new Label();
    private final Label facts = new Label();
    private final Label shared = new Label("", new FontIcon(Feather.LINK));
    private final Polygon shape = new Polygon();
    private final Rectangle foot = new Rectangle();
    private String others = "";
    private double share;

    public StepBlock() {
        getStyleClass().add("step-block");
        title.setTextOverrun(OverrunStyle.ELLIPSIS);
        title.setMinWidth(0);
        title.getStyleClass().add("step-title");
        facts.getStyleClass().add("step-facts");
        shared.getStyleClass().add("step-facts");
        shape.getStyleClass().add("step-shape");
        shape.setManaged(false);
        foot.getStyleClass().add("step-foot");
        foot.setManaged(false);
        foot.setHeight(FOOT);
        foot.setY(HEIGHT - FOOT);
        HBox second = new HBox(facts, shared);
        second.getStyleClass().add("step-second");
        VBox words = new VBox(title, second);
        words.setAlignment(Pos.CENTER);
        words.setMouseTransparent(true);
        getChildren().addAll(shape, foot, words);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMinWidth(0);
        setPrefWidth(0);
        widthProperty().subscribe(this::draw);
    }

    /// @param otherImages which it is in, in words; may be empty
    /// @param width of all that there is, from 0 to 1
    public void show(String words, String size, String otherImages, double width) {
        title.setText(words);
        facts.setText(size);
        others = otherImages;
        shared.setVisible(!otherImages.isEmpty());
        shared.setManaged(!otherImages.isEmpty());
        share = width;
        draw();
    }

    /// In the middle, narrower at the top.
    private void draw() {
        double whole = getWidth();
        if (whole <= 0) {
            return;
        }
        // Where there is no room for the words, the mark alone says that it is shared.
        shared.setText(others);
        if (facts.prefWidth(-1) + BETWEEN + shared.prefWidth(-1) > whole) {
            shared.setText("");
        }
        double wide = Math.max(NARROWEST, share) * (whole - 2 * MARGIN);
        double left = (whole - wide) / 2;
        double slant = Math.min(SLANT, wide / 6);
        shape.getPoints().setAll(left + slant, 0.0, left + wide - slant, 0.0, left + wide, HEIGHT, left, HEIGHT);
        foot.setX(left);
        foot.setWidth(wide);
    }
}
