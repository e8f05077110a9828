package io.darsena.app.transfers;

import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The words about transfers in the status bar. A press opens the drawer or closes it; there is nothing to
/// press while there is nothing in it.
public final class TransfersIndicator extends Hyperlink {

    private final FontIcon icon = new FontIcon(Feather.DOWNLOAD_CLOUD);

    public TransfersIndicator(WindowContext context) {
        TransferSummaryViewModel model = new TransferSummaryViewModel(
                context.transfers(), context.session().sync(), context.pump(), context.messages());
        getStyleClass().add("transfers-indicator");
        setId("transfers-indicator");
        setGraphic(icon);
        setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        setMinWidth(0);
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(textProperty());
        setTooltip(whole);
        textProperty().bind(model.words());
        model.mood().subscribe(this::show);
        setOnAction(event -> {
            setVisited(false);
            context.navigation()
                    .transfers()
                    .set(!context.navigation().transfers().get());
        });
        SceneLife.of(this).during(model::follow);
    }

    private void show(TransferSummaryViewModel.Mood mood) {
        boolean any = mood != TransferSummaryViewModel.Mood.NOTHING;
        setVisible(any);
        setManaged(any);
        getStyleClass().removeAll("done", "failed");
        icon.setIconCode(
                switch (mood) {
                    case NOTHING, QUIET, UNDER_WAY -> Feather.DOWNLOAD_CLOUD;
                    case DONE -> Feather.CHECK;
                    case FAILED -> Feather.ALERT_OCTAGON;
                });
        switch (mood) {
            case DONE -> getStyleClass().add("done");
            case FAILED -> getStyleClass().add("failed");
            case NOTHING, QUIET, UNDER_WAY -> {}
        }
    }
}
