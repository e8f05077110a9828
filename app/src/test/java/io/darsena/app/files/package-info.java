@NullMarked
package io.darsena.app.files;

import org.jspecify.annotations.NullMarked;
