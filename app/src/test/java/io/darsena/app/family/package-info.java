@NullMarked
package io.darsena.app.family;

import org.jspecify.annotations.NullMarked;
