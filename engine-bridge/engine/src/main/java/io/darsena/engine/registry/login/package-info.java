/// Who is logged in where: Docker's configuration, the programs that keep secrets for it, and a file of our own.
/// Secrets leave these classes as values only; no message, log or process argument holds one. Start at
/// [io.darsena.engine.registry.login.Credentials].
@NullMarked
package io.darsena.engine.registry.login;

import org.jspecify.annotations.NullMarked;
