/// What the window shows besides code: FXML, style sheets, icons, the message bundles in English and Italian, and in
/// `engine_it.po` the Italian of what engines say.
/// The resources lie in this package; nothing here knows what they are used for.
@NullMarked
package io.darsena.ui;

import org.jspecify.annotations.NullMarked;
