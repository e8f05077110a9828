package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.bridge.registry.ImageTransfer.StepKind;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import io.darsena.engine.image.ImageCache;
import io.darsena.engine.image.PullListener;
import io.darsena.engine.image.PullOrder;
import io.darsena.engine.image.Pulled;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.image.document.Platform;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One pull: the name becomes a digest, and what that stands for comes into the cache.
record Pull(
        ImageCache images,
        Purpose purpose,
        List<RemoteRepository> places,
        TransferTelling telling,
        ProvenanceFetch provenance) {

    PullResult run(PullRequest request, Platform platform, int layersAtOnce, Arrivals arrivals, Admission admission) {
        ImageReference name = meant(request.name());
        Resolution resolution = Resolution.of(name, places, images.exchange());
        Descriptor target = resolution.target();
        telling.step(StepKind.RESOLVED, target.digest().toString());
        Runnable admitted = admission.admit(name, target.digest(), signatures(resolution));
        PullOrder order = new PullOrder(target, name, platform, request.wantsEveryPlatform(), layersAtOnce);
        Optional<ImageId> found = images.exchange().found(order);
        if (found.isPresent()) {
            images.find(found.get().toString()).ifPresent(this::tellPresent);
            told(name, target, found.get(), arrivals);
            admitted.run();
            telling.step(StepKind.FINISHED, found.get().toString());
            provenance.begin(order, found.get(), resolution.places());
            return new PullResult(found.get(), target.digest(), false);
        }
        PullOrigin origin = new PullOrigin(purpose, resolution.places(), resolution.document());
        Pulled pulled = images.exchange().pull(order, origin, new Listener(target, telling, image -> {
            told(name, target, image, arrivals);
            admitted.run();
        }));
        telling.settle();
        telling.step(StepKind.FINISHED, pulled.image().toString());
        provenance.begin(order, pulled.image(), resolution.places());
        return new PullResult(pulled.image(), target.digest(), pulled.changed());
    }

    /// Each asks one place; the registry itself comes last.
    private static List<Supplier<List<FoundSignature>>> signatures(Resolution resolution) {
        Digest digest = resolution.target().digest();
        return resolution.places().stream()
                .<Supplier<List<FoundSignature>>>map(place -> () -> new RemoteSignatures(place).of(digest))
                .toList();
    }

    /// What comes by its digest gets no name here, whatever the tag before it stands for by now.
    private static ImageReference meant(ImageReference name) {
        return name.digest().isPresent() ? name.withoutTag() : name;
    }

    private static void told(ImageReference name, Descriptor target, ImageId image, Arrivals arrivals) {
        if (name.tag().isPresent()) {
            arrivals.seen(name, target.digest(), image);
        }
    }

    private void tellPresent(Image image) {
        List<Descriptor> layers = image.layers().stream()
                .map(layer -> new Descriptor(MediaType.OCI_LAYER_TAR, layer.blob(), layer.storedSize()))
                .toList();
        telling.expect(layers, BlobStage.PRESENT);
    }

    private record Listener(Descriptor target, TransferTelling telling, Consumer<ImageId> arrival)
            implements PullListener {

        @Override
        public void selected(ImageId image, Descriptor manifest, String platform, List<Descriptor> layers) {
            telling.step(StepKind.MANIFEST, manifest.digest().toString());
            if (target.mediaType().isIndex()) {
                telling.step(StepKind.PLATFORM, platform);
            }
            telling.expect(layers, BlobStage.WAITING);
        }

        @Override
        public void layer(Digest blob, BlobStage stage, long done) {
            telling.blob(blob, stage, done);
        }

        @Override
        public void arrived(ImageId image) {
            arrival.accept(image);
        }

        @Override
        public void layersAreHere() {
            telling.unpacked();
        }
    }
}
