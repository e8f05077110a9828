package io.darsena.app.files;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.WindowContext;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/// Goes on telling of what is being saved when the place is closed that it was asked for at: how far it is, and how
/// it ended, until that is dismissed. Takes no room else.
public final class LateSaves extends VBox {

    private final WindowContext context;

    public LateSaves(WindowContext context) {
        this.context = context;
        setId("late-saves");
        setMinHeight(USE_PREF_SIZE);
    }

    /// @param hand whose place is closed
    void take(FileHand hand) {
        FailureBanner failure = new FailureBanner(context.messages(), hand.place());
        VBox one = new VBox(hand.strip(), failure);
        getChildren().add(one);
        Runnable look = () -> context.pump().run(() -> forgetSilent(one));
        one.getChildren().forEach(each -> each.visibleProperty().subscribe(look));
        look.run();
    }

    /// Where a failure takes the strip's place, neither is there for a moment.
    private void forgetSilent(VBox one) {
        if (one.getChildren().stream().noneMatch(Node::isVisible)) {
            getChildren().remove(one);
        }
    }
}
