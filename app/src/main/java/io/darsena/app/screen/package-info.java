/// What every screen is given and how it is made: the window's context, the FXML loader, navigation. A screen's FXML
/// bears the name of its view class. Start at [io.darsena.app.screen.Screens].
@NullMarked
package io.darsena.app.screen;

import org.jspecify.annotations.NullMarked;
