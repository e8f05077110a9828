/// A machine without a kernel: sandboxes whose programs are simulated, cgroups that remember. It lets the whole engine
/// be tested fast, crashes included: a [io.darsena.engine.simulated.SimulatedMachine] outlives the engines on it.
@NullMarked
package io.darsena.engine.simulated;

import org.jspecify.annotations.NullMarked;
