package io.darsena.app.list;

import io.darsena.app.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What a detail is about, at the right end of the row of its tabs: its name, what is told of it there, and the button
/// that closes. Where the list has no room for the chosen row, nothing else names it.
///
/// The tabs keep their width. Where they leave too little room, the name is shortened, then what is told of it goes,
/// the
/// last first, then the name; the button stays.
public final class DetailHead extends Region {

    /// The height of the row of tabs, as in the style sheet.
    private static final double HEIGHT = 38;

    private static final double GAP = 12;
    private static final double LEAST_NAME = 96;

    private final Label name = new Label();
    private final List<Region> facts;
    private final Button close = new Button("", new FontIcon(Feather.X));
    private Optional<Region> headers = Optional.empty();

    /// @param nameId by which the style sheet and tests find the name
    /// @param facts what is told of it, what matters most first. One that is not managed is left out; none gets
    /// narrower
    /// than its least width
    public DetailHead(Messages messages, TabPane tabs, String nameId, Runnable closing, Region... facts) {
        this.facts = List.of(facts);
        getStyleClass().add("detail-head");
        setPickOnBounds(false);
        setMaxHeight(USE_PREF_SIZE);
        name.getStyleClass().addAll("strong", "detail-name");
        name.setId(nameId);
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setTooltip(new Tooltip());
        name.getTooltip().textProperty().bind(name.textProperty());
        close.getStyleClass().addAll("flat", "icon-button", "close-detail");
        close.setTooltip(new Tooltip(messages.text("detail.close")));
        close.setAccessibleText(messages.text("detail.close"));
        close.setOnAction(event -> closing.run());
        getChildren().add(name);
        getChildren().addAll(facts);
        getChildren().add(close);
        StackPane.setAlignment(this, Pos.TOP_RIGHT);
        tabs.skinProperty().subscribe(skin -> {
            headers = tabs.lookup(".headers-region") instanceof Region row ? Optional.of(row) : Optional.empty();
            headers.ifPresent(row -> row.widthProperty().subscribe(this::requestLayout));
        });
    }

    /// Says what the detail is about.
    public void name(String shown) {
        name.setText(shown);
    }

    public Button closeButton() {
        return close;
    }

    @Override
    protected double computePrefHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected void layoutChildren() {
        double right = place(close, getWidth() - GAP, wanted(close)) - GAP;
        double room =
                right - headers.map(row -> row.getLayoutX() + row.getWidth()).orElse(0.0);
        double least = Math.min(wanted(name), LEAST_NAME);
        boolean named = room >= least;
        name.setVisible(named);
        double spare = named ? room - least : 0;
        List<Region> told = new ArrayList<>();
        for (Region fact : facts) {
            double needed = GAP + least(fact);
            boolean fits = named && fact.isManaged() && spare >= needed;
            fact.setVisible(fits);
            if (fits) {
                spare -= needed;
                told.addFirst(fact);
            }
        }
        double wide = Math.min(wanted(name), least + spare);
        spare -= wide - least;
        for (Region fact : told) {
            double more = Math.clamp(wanted(fact) - least(fact), 0, Math.max(0, spare));
            spare -= more;
            right = place(fact, right, least(fact) + more) - GAP;
        }
        place(name, right, wide);
    }

    private double wanted(Region part) {
        return snapSizeX(part.prefWidth(-1));
    }

    private double least(Region part) {
        return Math.min(wanted(part), snapSizeX(part.minWidth(-1)));
    }

    /// @return the left edge
    private static double place(Region part, double right, double wide) {
        double high = Math.ceil(part.prefHeight(wide));
        part.resizeRelocate(right - wide, Math.floor((HEIGHT - high) / 2), wide, high);
        return right - wide;
    }
}
