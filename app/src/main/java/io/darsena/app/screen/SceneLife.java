package io.darsena.app.screen;

import io.darsena.app.session.FxPump;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/// Ties subscriptions to a node's time in the scene: begun when it enters, ended when it leaves.
public final class SceneLife {

    private final List<Supplier<? extends AutoCloseable>> begins = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private boolean inScene;

    private SceneLife() {}

    /// Of nothing: what begins in it never does.
    public static SceneLife none() {
        return new SceneLife();
    }

    public static SceneLife of(Node node) {
        SceneLife life = new SceneLife();
        node.sceneProperty().addListener((property, before, now) -> {
            if (now != null && !life.inScene) {
                life.enter();
            } else if (now == null && life.inScene) {
                life.leave();
            }
        });
        if (node.getScene() != null) {
            life.enter();
        }
        return life;
    }

    /// What `begin` returns is closed when the node leaves. Begun at once when the node is in the scene already.
    public SceneLife during(Supplier<? extends AutoCloseable> begin) {
        begins.add(begin);
        if (inScene) {
            open.add(begin.get());
        }
        return this;
    }

    /// Ends and begins everything again, because what it is about has changed.
    public void restart() {
        if (inScene) {
            leave();
            enter();
        }
    }

    private void enter() {
        inScene = true;
        begins.forEach(begin -> open.add(begin.get()));
    }

    private void leave() {
        inScene = false;
        List<AutoCloseable> ending = List.copyOf(open);
        open.clear();
        ending.forEach(SceneLife::close);
    }

    private static void close(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Exception impossible) {
            throw new IllegalStateException("a subscription could not be ended", impossible);
        }
    }

    /// A listener on a property as something that can be closed; it hears the present value at once.
    public static <T> FxPump.Ticking listen(ObservableValue<T> value, Consumer<? super T> listener) {
        listener.accept(value.getValue());
        ChangeListener<T> change = (property, before, now) -> listener.accept(now);
        value.addListener(change);
        return () -> value.removeListener(change);
    }
}
