/// What a registry holds: its repositories, their tags, what a tag stands for, and what can be done with it.
/// Start at [io.darsena.app.registries.browse.BrowsePane].
@NullMarked
package io.darsena.app.registries.browse;

import org.jspecify.annotations.NullMarked;
