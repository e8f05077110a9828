/// The documents of the OCI image-spec and of Docker's image manifest v2, as values that hold only what is
/// valid: index, manifest, config. Pure: no file is touched. Start at
/// [io.darsena.engine.image.document.Manifest].
@NullMarked
package io.darsena.engine.image.document;

import org.jspecify.annotations.NullMarked;
