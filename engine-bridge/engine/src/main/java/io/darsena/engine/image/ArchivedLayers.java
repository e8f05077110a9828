package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.LayerRows.Unpacked;
import io.darsena.engine.image.document.Descriptor;
import java.util.List;
import java.util.function.LongConsumer;

/// Layers of an archive or a layout: stored first, then unpacked from the store.
///
/// @param progress counts each byte half when it is stored and half when it is unpacked
record ArchivedLayers(ImageSource source, BlobStore blobs, LayerStore layers, ProgressMeter progress)
        implements LayerWay {

    private static final int AT_ONCE = 4;

    @Override
    public String operation() {
        return "import";
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public void begin(List<Descriptor> expected) {
        progress.begin(
                "unpacking", expected.stream().mapToLong(Descriptor::size).sum());
    }

    @Override
    public Unpacked bring(Descriptor blob, DiffId diffId) {
        LongConsumer half = progress.half();
        source.fetch(blob, blobs, half);
        return layers.unpack(diffId, blob.digest(), blob.size(), half);
    }

    @Override
    public void settle(List<Unpacked> unpacked) {
        progress.begin("finishing", 0);
    }
}
