/// The Packages tab of an image and of a container: what software it holds, and a bill of materials to save. Start at
/// [io.darsena.app.packages.PackagesPane].
@NullMarked
package io.darsena.app.packages;

import org.jspecify.annotations.NullMarked;
