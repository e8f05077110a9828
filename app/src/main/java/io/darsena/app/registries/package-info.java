/// The Registries section: which there are and how they answer, logging in and out, what is set for each. What
/// they hold is in [io.darsena.app.registries.browse]. Start at [io.darsena.app.registries.RegistriesView].
@NullMarked
package io.darsena.app.registries;

import org.jspecify.annotations.NullMarked;
