/// Two images beside each other: files, configuration, layers. It knows what differs from
/// [io.darsena.bridge.layer.TreeComparison] and its sisters, and asks the engine for the files, and for what
/// a registry has. Start at [io.darsena.app.compare.CompareView]; what it shows is in
/// [io.darsena.app.compare.CompareViewModel].
@NullMarked
package io.darsena.app.compare;

import org.jspecify.annotations.NullMarked;
