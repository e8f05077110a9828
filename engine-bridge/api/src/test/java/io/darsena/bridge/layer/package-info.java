/// What images are made of, and in what two of them differ. Start at
/// [io.darsena.bridge.layer.TreeComparisonProperties].
@NullMarked
package io.darsena.bridge.layer;

import org.jspecify.annotations.NullMarked;
