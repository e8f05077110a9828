package io.darsena.app.control;

import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Puts a text on the clipboard.
public final class CopyButton extends Button {

    public CopyButton(String words, Supplier<String> text) {
        super("", new FontIcon(Feather.COPY));
        getStyleClass().addAll("flat", "icon-button");
        setAccessibleText(words);
        setTooltip(new Tooltip(words));
        setOnAction(event -> copy(text.get()));
    }

    public static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
