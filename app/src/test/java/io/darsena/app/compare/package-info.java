/// Two images beside each other, as a person uses it. Start at [io.darsena.app.compare.CompareScreenTest].
@NullMarked
package io.darsena.app.compare;

import org.jspecify.annotations.NullMarked;
