/// Which system calls a container may make: a policy as data ([io.darsena.runtime.seccomp.SeccompProfile]; Docker's
/// default is `default.seccomp` among the resources), and its translation into the program that the kernel runs before
/// every call. Loads nothing into the kernel (darsena-runtime does) and chooses no profile (the engine does). Start
/// reading at [io.darsena.runtime.seccomp.SeccompCompiler].
@NullMarked
package io.darsena.runtime.seccomp;

import org.jspecify.annotations.NullMarked;
