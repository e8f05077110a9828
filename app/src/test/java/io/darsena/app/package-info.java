/// Tests of the window. Screens run on `FakeEngine` and JavaFX's headless platform.
@NullMarked
package io.darsena.app;

import org.jspecify.annotations.NullMarked;
