package io.darsena.runtime;

import java.io.OutputStream;
import java.util.List;

/// One layer being unpacked. Write its bytes as they are stored, then `finish`. Closing before that abandons
/// it; what was written to the target is the caller's to delete.
public interface LayerExtraction extends AutoCloseable {

    /// Takes the layer's bytes, compressed or not (gzip, zstd and plain are told apart by their first bytes).
    /// A write fails with [LayerRejectedException] as soon as the extractor refuses the layer.
    OutputStream sink();

    /// Ends the input and waits for the result.
    ///
    /// @throws LayerRejectedException when the bytes are no valid layer
    Result finish();

    @Override
    void close();

    /// @param blob `sha256:` and 64 hex digits of the bytes as they were written into the sink
    /// @param diffId `sha256:` and 64 hex digits of the uncompressed tar
    /// @param tarBytes size of the uncompressed tar
    /// @param contentBytes sum of the files' sizes
    /// @param skipped entries left out, each with its reason, as `device:dev/null`
    record Result(
            String blob,
            String diffId,
            String compression,
            long tarBytes,
            long contentBytes,
            long entries,
            List<String> skipped) {}
}
