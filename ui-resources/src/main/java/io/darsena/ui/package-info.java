/// What the window shows besides code: FXML, style sheets, icons, and the message bundles in English and Italian.
/// The resources lie in this package; nothing here knows what they are used for.
@NullMarked
package io.darsena.ui;

import org.jspecify.annotations.NullMarked;
