package io.darsena.app.shell;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.FailurePlace;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What is shown instead of a section while the engine opens, and when it could not be opened.
final class EngineStagePane extends VBox {

    EngineStagePane(WindowContext context) {
        getStyleClass().add("empty-state");
        setId("engine-stage");
        FailurePlace place = new FailurePlace();
        if (context.session().stage().get() instanceof EngineStage.Failed failed) {
            FailureBanner banner = new FailureBanner(context.messages(), place);
            banner.setMaxWidth(640);
            place.show(failed.failure());
            Label title = new Label(context.messages().text("engine.failed"));
            title.getStyleClass().add("title");
            Button again = new Button(context.messages().text("engine.retry"));
            again.getStyleClass().add("primary");
            again.setOnAction(event -> context.session().reopen());
            getChildren().addAll(new FontIcon(Feather.CLOUD_OFF), title, banner, again);
        } else {
            Label words = new Label(context.messages().text("engine.opening"));
            words.getStyleClass().add("muted");
            getChildren().add(words);
        }
    }
}
