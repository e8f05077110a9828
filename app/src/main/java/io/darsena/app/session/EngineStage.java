package io.darsena.app.session;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;

/// How far the window is with its engine.
public sealed interface EngineStage {

    record Opening() implements EngineStage {}

    record Open(Engine engine, EngineDescription description) implements EngineStage {}

    record Failed(Failure failure) implements EngineStage {}
}
