package io.darsena.app.transfers;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.FailurePlace;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.sync.QueuedPush;
import io.darsena.bridge.sync.SyncReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/// Pushes that the engine keeps until they can be sent. Takes no room while there are none.
final class QueuedPushes extends VBox {

    private final WindowContext context;
    private final FailurePlace place = new FailurePlace();
    private final FailureBanner banner;
    private final Map<ImageReference, QueuedPushItem> known = new HashMap<>();

    QueuedPushes(WindowContext context) {
        this.context = context;
        this.banner = new FailureBanner(context.messages(), place);
        getStyleClass().add("items");
        setId("queued-pushes");
        SceneLife.of(this).during(() -> SceneLife.listen(context.session().sync(), this::show));
    }

    private void show(SyncReport report) {
        List<Node> items = new ArrayList<>(List.of(banner));
        known.keySet().retainAll(report.pushes().stream().map(QueuedPush::name).toList());
        for (QueuedPush push : report.pushes()) {
            QueuedPushItem item = known.computeIfAbsent(push.name(), name -> new QueuedPushItem(context, place, name));
            item.show(push, report.quiet(), Instant.now());
            items.add(item);
        }
        if (!getChildren().equals(items)) {
            getChildren().setAll(items);
        }
        setVisible(!report.pushes().isEmpty());
        setManaged(!report.pushes().isEmpty());
    }
}
