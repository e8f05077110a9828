/// The frame around the sections: top bar, sidebar, status bar, and the keys that work everywhere. Start at
/// [io.darsena.app.shell.ShellView].
@NullMarked
package io.darsena.app.shell;

import org.jspecify.annotations.NullMarked;
