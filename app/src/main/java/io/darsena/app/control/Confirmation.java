package io.darsena.app.control;

import io.darsena.app.text.PlainText;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// Asks before something that cannot be undone: the button says the verb, and the focus is on Cancel.
public final class Confirmation {

    private Confirmation() {}

    /// Shows the question and returns at once; `confirmed` runs when the person agrees.
    public static Dialog<ButtonType> ask(
            @Nullable Window owner, String title, String explanation, String verb, String cancel, Runnable confirmed) {
        ButtonType agree = new ButtonType(verb, ButtonData.OK_DONE);
        ButtonType decline = new ButtonType(cancel, ButtonData.CANCEL_CLOSE);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.setTitle(PlainText.line(title));
        dialog.getDialogPane().getButtonTypes().setAll(agree, decline);
        Label heading = new Label(PlainText.line(title));
        heading.getStyleClass().add("dialog-title");
        heading.setWrapText(true);
        Label words = new Label(PlainText.lines(explanation));
        words.setWrapText(true);
        VBox content = new VBox(heading, words);
        content.getStyleClass().add("dialog-words");
        dialog.getDialogPane().setContent(content);
        Button agreeing = (Button) dialog.getDialogPane().lookupButton(agree);
        agreeing.setDefaultButton(false);
        agreeing.getStyleClass().add("danger");
        Button declining = (Button) dialog.getDialogPane().lookupButton(decline);
        declining.setDefaultButton(true);
        dialog.setOnShown(event -> declining.requestFocus());
        dialog.setOnHidden(event -> {
            if (dialog.getResult() == agree) {
                confirmed.run();
            }
        });
        dialog.show();
        return dialog;
    }
}
