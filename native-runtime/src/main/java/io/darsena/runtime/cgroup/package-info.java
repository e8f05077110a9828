/// Control groups: where this machine has them, where ours may live, limits, freezing, killing and measuring
/// of the groups of containers, on cgroup v1, v2 and the mixture of both. Writes files and nothing else;
/// processes are put into groups by darsena-runtime. What a container may use is the engine's decision. Start
/// reading at [io.darsena.runtime.cgroup.CgroupPlacement], then [io.darsena.runtime.cgroup.ContainerCgroup].
@NullMarked
package io.darsena.runtime.cgroup;

import org.jspecify.annotations.NullMarked;
