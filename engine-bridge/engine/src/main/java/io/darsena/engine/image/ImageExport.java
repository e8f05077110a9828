package io.darsena.engine.image;

import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.store.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Writes images into archives. What it writes is held meanwhile: removing an image does not tear its archive.
final class ImageExport {

    private static final int MOST_HEADERS = 1 << 20;

    private final Database database;
    private final BlobStore blobs;
    private final ImageReader reader;
    private final Holdings holdings;

    ImageExport(Database database, BlobStore blobs, ImageReader reader, Holdings holdings) {
        this.database = database;
        this.blobs = blobs;
        this.reader = reader;
        this.holdings = holdings;
    }

    void run(List<String> images, ArchiveFormat format, Path path, Consumer<? super TransferProgress> progress) {
        ArchiveFile file = ArchiveFile.at(path);
        try (Holdings.Hold hold = holdings.hold()) {
            ArchivePlan plan = plan(images, hold);
            ArchiveWriter writer = writer(plan, format, String.valueOf(path.getFileName()), progress);
            file.replace(plan.bytes() + MOST_HEADERS, writer::write);
        }
    }

    void run(
            List<String> images,
            ArchiveFormat format,
            OutputStream stream,
            Consumer<? super TransferProgress> progress) {
        String subject = String.join(", ", images);
        try (Holdings.Hold hold = holdings.hold()) {
            writer(plan(images, hold), format, subject, progress).write(stream);
        } catch (IOException e) {
            throw StorageFailure.of("save", subject, e);
        }
    }

    private ArchivePlan plan(List<String> images, Holdings.Hold hold) {
        return new ArchivePlanning(database, blobs, reader, hold).plan(images);
    }

    private ArchiveWriter writer(
            ArchivePlan plan, ArchiveFormat format, String subject, Consumer<? super TransferProgress> progress) {
        ProgressMeter meter = new ProgressMeter(subject, progress);
        meter.begin("writing", plan.bytes());
        return new ArchiveWriter(plan, format, blobs, meter::add);
    }
}
