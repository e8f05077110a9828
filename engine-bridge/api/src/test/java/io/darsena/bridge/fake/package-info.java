/// An engine in memory for fast tests: containers whose programs are simulated, with logs, metrics and failures on
/// demand. It keeps the contract that `EngineContract` states, and nothing on disk. Start at
/// [io.darsena.bridge.fake.FakeEngine].
@NullMarked
package io.darsena.bridge.fake;

import org.jspecify.annotations.NullMarked;
