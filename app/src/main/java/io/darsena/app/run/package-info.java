/// The Run… dialog: what a person types about a container, how it was understood, and what is wrong with it before
/// anybody is asked to create it. Start at [io.darsena.app.run.RunViewModel].
@NullMarked
package io.darsena.app.run;

import org.jspecify.annotations.NullMarked;
