/// Blobs by digest: taken in verified, read verified or bounded, made durable. What blobs mean is not known here.
/// Start at [io.darsena.engine.content.BlobStore].
@NullMarked
package io.darsena.engine.content;

import org.jspecify.annotations.NullMarked;
