/// The Java side of the runtime: starts `darsena-runtime`, speaks its protocol (`protocol/PROTOCOL.md`), and
/// reads and writes cgroups and /proc. Mechanism only: which capabilities, limits or filters a container gets
/// is the engine's decision. Knows no image, no tag, no lifecycle. Start reading at
/// [io.darsena.runtime.ContainerRuntime].
@NullMarked
package io.darsena.runtime;

import org.jspecify.annotations.NullMarked;
