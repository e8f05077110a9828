/// The Packages tab of a container. Start at [io.darsena.app.containers.packages.PackagesView].
@NullMarked
package io.darsena.app.containers.packages;

import org.jspecify.annotations.NullMarked;
