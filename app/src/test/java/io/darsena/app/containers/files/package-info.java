@NullMarked
package io.darsena.app.containers.files;

import org.jspecify.annotations.NullMarked;
