package io.darsena.app.session;

import io.darsena.bridge.Engine;
import java.util.function.Consumer;

/// What is done with an image as soon as it has come. Interruption cancels.
@FunctionalInterface
public interface Sequel {

    Sequel NONE = (engine, told) -> {};

    /// @param told hears each step that is done
    void on(Engine engine, Consumer<? super TransferStep> told);
}
