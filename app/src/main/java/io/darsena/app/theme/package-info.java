/// How the window looks: light or dark, fonts, and what it remembers between starts. The colours themselves stand in
/// the style sheets of `ui-resources`. Start at [io.darsena.app.theme.Appearance].
@NullMarked
package io.darsena.app.theme;

import org.jspecify.annotations.NullMarked;
