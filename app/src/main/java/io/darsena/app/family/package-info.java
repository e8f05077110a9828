/// How the images here descend from each other: which are made on top of which, and what each adds on disk. Start at
/// [io.darsena.app.family.Family].
@NullMarked
package io.darsena.app.family;

import org.jspecify.annotations.NullMarked;
