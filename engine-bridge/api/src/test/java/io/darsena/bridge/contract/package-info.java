/// What every engine keeps: one suite that runs on each of them. Start at
/// [io.darsena.bridge.contract.EngineContract].
@NullMarked
package io.darsena.bridge.contract;

import org.jspecify.annotations.NullMarked;
