package io.darsena.app.screen;

import io.darsena.app.session.FxPump;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;

/// Ties subscriptions to a node's time in the scene: begun when it enters, ended when it leaves.
public final class SceneLife {

    private final List<Supplier<? extends AutoCloseable>> begins = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private boolean inScene;

    private final ObservableValue<Boolean> minimised;

    private SceneLife(ObservableValue<Boolean> minimised) {
        this.minimised = minimised;
    }

    /// Of nothing: what begins in it never does.
    public static SceneLife none() {
        return new SceneLife(new SimpleBooleanProperty());
    }

    public static SceneLife of(Node node) {
        SceneLife life = new SceneLife(minimised(node));
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

    private static ObservableValue<Boolean> minimised(Node node) {
        ObservableValue<Boolean> never = new SimpleBooleanProperty();
        return node.sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(window -> window instanceof Stage stage ? stage.iconifiedProperty() : never)
                .orElse(false);
    }

    /// As [#during], but also ended while the window is minimised: nobody sees what it would draw.
    public SceneLife whileSeen(Supplier<? extends AutoCloseable> begin) {
        return during(() -> new Watch(minimised, begin));
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

    /// Begun while `hidden` is false.
    private static final class Watch implements AutoCloseable {

        private final Supplier<? extends AutoCloseable> begin;
        private final AutoCloseable watching;
        private Optional<AutoCloseable> seen = Optional.empty();

        Watch(ObservableValue<Boolean> hidden, Supplier<? extends AutoCloseable> begin) {
            this.begin = begin;
            this.watching = listen(hidden, this::follow);
        }

        private void follow(boolean hidden) {
            seen.ifPresent(SceneLife::close);
            seen = hidden ? Optional.empty() : Optional.of(begin.get());
        }

        @Override
        public void close() {
            SceneLife.close(watching);
            follow(true);
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
        Listening<T> listening = new Listening<>(value, listener);
        value.addListener(listening);
        return listening;
    }

    /// A change that is being told reaches listeners that were removed while it was, and with nothing for its value.
    private static final class Listening<T> implements ChangeListener<T>, FxPump.Ticking {

        private final ObservableValue<T> value;
        private final Consumer<? super T> listener;
        private boolean closed;

        Listening(ObservableValue<T> value, Consumer<? super T> listener) {
            this.value = value;
            this.listener = listener;
        }

        @Override
        public void changed(ObservableValue<? extends T> changed, T before, T now) {
            if (!closed) {
                listener.accept(now);
            }
        }

        @Override
        public void close() {
            closed = true;
            value.removeListener(this);
        }
    }
}
