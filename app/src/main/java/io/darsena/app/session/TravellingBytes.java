package io.darsena.app.session;

import io.darsena.bridge.registry.ImageTransfer.Blob;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import java.util.List;

/// Of an image's blobs the bytes that have to travel. What was there before took no time, and would make any
/// rate a lie.
public final class TravellingBytes {

    private TravellingBytes() {}

    public static long done(List<Blob> blobs) {
        return blobs.stream()
                .filter(blob -> isTravelling(blob.stage()))
                .mapToLong(Blob::done)
                .sum();
    }

    public static long total(List<Blob> blobs) {
        return blobs.stream()
                .filter(blob -> isTravelling(blob.stage()))
                .mapToLong(Blob::size)
                .sum();
    }

    private static boolean isTravelling(BlobStage stage) {
        return stage != BlobStage.PRESENT && stage != BlobStage.MOUNTED;
    }
}
