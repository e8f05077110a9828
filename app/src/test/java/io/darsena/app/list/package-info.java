/// Lists as people use them: columns, order, filters, several rows at once, by mouse and by keyboard.
@NullMarked
package io.darsena.app.list;

import org.jspecify.annotations.NullMarked;
