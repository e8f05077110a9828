/// Tests of how requests are read: strictly, so that nothing that was asked for is passed over.
@NullMarked
package io.darsena.docker.wire;

import org.jspecify.annotations.NullMarked;
