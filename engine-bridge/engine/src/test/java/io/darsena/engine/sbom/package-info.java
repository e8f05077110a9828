/// Tests of the search for packages and of the documents: records are made here byte by byte.
@NullMarked
package io.darsena.engine.sbom;

import org.jspecify.annotations.NullMarked;
