package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.engine.image.LayerRows.Unpacked;
import io.darsena.engine.image.document.Descriptor;
import java.util.List;

/// The layers of one pull. Their blobs stay partial, though whole and verified, until all are here: what an
/// interrupted pull has brought is then left for the next one.
record OriginLayers(
        ImageOrigin origin, LayerDownloads downloads, PartialBlobs partials, PullListener listener, int atOnce)
        implements LayerWay {

    @Override
    public String operation() {
        return "pull";
    }

    @Override
    public void begin(List<Descriptor> blobs) {}

    @Override
    public Unpacked bring(Descriptor blob, DiffId diffId) {
        return downloads.bring(diffId, blob, origin, listener);
    }

    @Override
    public void settle(List<Unpacked> layers) {
        layers.forEach(layer -> partials.promote(layer.blob()));
        listener.layersAreHere();
    }
}
