/// What takes room on this machine's disk, and how it comes back. Start at [io.darsena.bridge.disk.Disk].
@NullMarked
package io.darsena.bridge.disk;

import org.jspecify.annotations.NullMarked;
