/// Single files of images and containers: looking at one, saving it, or a directory as a tar. Nothing of it is written
/// but where the person says. Start at [io.darsena.app.files.FileHand].
@NullMarked
package io.darsena.app.files;

import org.jspecify.annotations.NullMarked;
