package io.darsena.app.control;

import javafx.scene.Node;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What an icon looks like. The set's square is an outline, as of a box to be ticked; what it stands for here is to
/// stop, and that is a filled one.
public final class Pictogram {

    private Pictogram() {}

    public static Node of(Ikon icon) {
        if (!icon.equals(Feather.SQUARE)) {
            return new FontIcon(icon);
        }
        Region square = new Region();
        square.getStyleClass().add("stop-square");
        return square;
    }
}
