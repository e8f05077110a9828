/// The control groups of containers as the engine sees them: what this host grants, with reason and cure where it does
/// not. The files of the kernel are [io.darsena.runtime.cgroup]'s business. Start at
/// [io.darsena.engine.cgroup.Cgroups].
@NullMarked
package io.darsena.engine.cgroup;

import org.jspecify.annotations.NullMarked;
