package io.darsena.app.layers;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Polygon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A layer as a step of a pyramid: the wider the more bytes, narrower at the top, with its words in it, or where they
/// have no room there, beside it. What brings no bytes is a thin line. It takes the width and the height that it is
/// given.
public final class StepBlock extends Region {

    private static final double LEAST = 4;
    private static final double SLANT = 14;
    private static final double HEIGHT = 44;
    private static final double MARGIN = 12;
    private static final double LINE = 3;
    private static final double LINE_LENGTH = 40;
    private static final double BETWEEN = 8;
    /// From this height on words beside the shape may take two lines, and a third for their numbers.
    private static final double ROOM_FOR_THREE = 43;

    private static final double HALF = 0.5;

    private final Label title = new Label();
    private final Label facts = new Label();
    private final Label shared = new Label("", new FontIcon(Feather.LINK));
    private final Polygon shape = new Polygon();
    private final HBox second = new HBox();
    private final VBox words = new VBox();
    private final HBox line = new HBox();
    private String others = "";
    private double share;
    private boolean thin;

    public StepBlock() {
        getStyleClass().add("step-block");
        title.setMinWidth(0);
        title.getStyleClass().add("step-title");
        facts.getStyleClass().add("step-facts");
        facts.setMinHeight(USE_PREF_SIZE);
        shared.getStyleClass().add("step-facts");
        shared.setMinHeight(USE_PREF_SIZE);
        shape.getStyleClass().add("step-shape");
        shape.setManaged(false);
        second.getStyleClass().add("step-second");
        second.setMinHeight(USE_PREF_SIZE);
        line.getStyleClass().add("step-second");
        line.setAlignment(Pos.CENTER_LEFT);
        words.setMouseTransparent(true);
        line.setMouseTransparent(true);
        getChildren().addAll(shape, words, line);
        setMinHeight(0);
        setPrefHeight(HEIGHT);
        setMinWidth(0);
        setPrefWidth(0);
        arrange();
    }

    /// @param otherImages which it is in, in words; may be empty
    /// @param width of all that there is, from 0 to 1
    public void show(String words, String size, String otherImages, double width) {
        others = otherImages;
        share = width;
        tell(words, size, false);
    }

    /// As a thin line: it brings no bytes.
    ///
    /// @param size may be empty
    public void showThin(String words, String size) {
        others = "";
        share = 0;
        tell(words, size, true);
    }

    private void tell(String said, String size, boolean asLine) {
        title.setText(said);
        facts.setText(size);
        facts.setManaged(!size.isEmpty());
        shared.setVisible(!others.isEmpty());
        shared.setManaged(!others.isEmpty());
        if (thin != asLine) {
            thin = asLine;
            arrange();
        }
        requestLayout();
    }

    /// On one line beside the shape, or one above the other.
    private void arrange() {
        words.getChildren().clear();
        second.getChildren().clear();
        line.getChildren().clear();
        if (thin) {
            line.getChildren().setAll(title, facts);
            facts.setMinWidth(USE_PREF_SIZE);
            getStyleClass().add("step-thin");
        } else {
            second.getChildren().setAll(facts, shared);
            facts.setMinWidth(0);
            words.getChildren().setAll(title, second);
            getStyleClass().remove("step-thin");
        }
    }

    @Override
    protected void layoutChildren() {
        double whole = getWidth();
        double high = getHeight();
        if (whole <= 0 || high <= 0) {
            return;
        }
        if (thin) {
            layOutLine(whole, high);
        } else {
            layOutBlock(whole, high);
        }
    }

    private void layOutLine(double whole, double high) {
        double left = (whole - LINE_LENGTH) * HALF;
        double top = Math.round((high - LINE) * HALF);
        shape.getPoints().setAll(left, top, left + LINE_LENGTH, top, left + LINE_LENGTH, top + LINE, left, top + LINE);
        title.setWrapText(false);
        double at = Math.ceil(left) + LINE_LENGTH + BETWEEN;
        line.resizeRelocate(at, 0, Math.floor(Math.max(0, whole - at)), high);
    }

    /// In the middle, narrower at the top.
    private void layOutBlock(double whole, double high) {
        double wide = Math.max(LEAST, share * (whole - 2 * MARGIN));
        double left = (whole - wide) * HALF;
        double slant = Math.min(SLANT, wide / 6);
        shape.getPoints()
                .setAll(left + slant, HALF, left + wide - slant, HALF, left + wide, high - HALF, left, high - HALF);
        shared.setText(others);
        double inside = wide - 2 * slant - 2 * BETWEEN;
        double at = Math.ceil(Math.max(left + wide, (whole + LINE_LENGTH) * HALF)) + BETWEEN;
        double beside = whole - at;
        boolean within = inside >= Math.max(title.prefWidth(-1), secondWidth()) || inside >= beside;
        double room = Math.floor(Math.max(0, within ? inside : beside));
        // Where there is no room for the words, the mark alone says that it is shared.
        if (secondWidth() > room) {
            shared.setText("");
        }
        Pos place = within ? Pos.CENTER : Pos.CENTER_LEFT;
        title.setWrapText(!within && high >= ROOM_FOR_THREE);
        words.setAlignment(place);
        second.setAlignment(place);
        words.resizeRelocate(within ? left + slant + BETWEEN : at, 0, room, high);
    }

    private double secondWidth() {
        return facts.prefWidth(-1) + (shared.isManaged() ? BETWEEN + shared.prefWidth(-1) : 0);
    }
}
