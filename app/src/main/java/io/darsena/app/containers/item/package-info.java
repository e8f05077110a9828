/// One container as the window sees it: its row, the words about it, and what may be asked of it. List, menu, keys and
/// state machine share these. Start at [io.darsena.app.containers.item.ContainerActions].
@NullMarked
package io.darsena.app.containers.item;

import org.jspecify.annotations.NullMarked;
