/// What is pulled, pushed, imported and exported by this window, and how far it is: the drawer, and the few
/// words in the status bar that open it. Start at [io.darsena.app.transfers.TransfersDrawer].
@NullMarked
package io.darsena.app.transfers;

import org.jspecify.annotations.NullMarked;
