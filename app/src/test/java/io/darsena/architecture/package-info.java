/// The rules that hold Darsena's parts apart, as tests: which module, package and class may know which.
/// They live here because the window's module is the only one whose class path carries all the others.
/// Start reading at `ModuleRulesTest`; the table of the engine's packages stands in `docs/architecture.md`.
@NullMarked
package io.darsena.architecture;

import org.jspecify.annotations.NullMarked;
