@NullMarked
package io.darsena.app.commit;

import org.jspecify.annotations.NullMarked;
