package io.darsena.engine.registry;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.bridge.registry.ImageTransfer.StepKind;
import io.darsena.engine.image.ImageExchange;
import io.darsena.engine.image.LayerWork;
import io.darsena.engine.image.OutgoingImage;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// One push: blobs side by side, then manifests, then the signature, and the name last: at no moment does it
/// stand for what is not all there, or not signed.
record Push(ImageExchange exchange, RegistryClient client, TransferTelling telling) {

    private static final int MOST_RELATIVES = 2;

    Digest run(ImageReference name, int layersAtOnce, Arrivals arrivals, Admission admission) {
        Optional<Admission.Signing> signing = admission.signing(name);
        try (OutgoingImage image = exchange.outgoing(name)) {
            telling.expect(image.blobs(), BlobStage.WAITING);
            List<Callable<Digest>> uploads = new ArrayList<>();
            for (Descriptor blob : image.blobs()) {
                uploads.add(() -> {
                    new BlobUpload(client, name.repository(), relatives(name, blob), image, blob, telling).run();
                    return blob.digest();
                });
            }
            new LayerWork("push", name.familiar(), layersAtOnce).all(uploads);
            telling.step(StepKind.LAYERS, "");
            Descriptor target = image.manifests().getLast();
            Digest last = target.digest();
            for (Descriptor manifest : image.manifests()) {
                if (!manifest.digest().equals(last)) {
                    put(name, manifest.digest().toString(), manifest, image.document(manifest));
                }
            }
            signing.ifPresent(each ->
                    new RemoteSignatures(new RemoteRepository(client, name.repository())).add(last, each.sign(last)));
            put(name, name.tag().orElseThrow(), target, image.document(target));
            exchange.pushed(image.id(), name.at(last), () -> {
                arrivals.seen(name, last, image.id());
                admission.sent(name, last);
            });
            telling.step(StepKind.FINISHED, last.toString());
            return last;
        }
    }

    private List<String> relatives(ImageReference name, Descriptor blob) {
        return exchange.repositoriesWith(blob.digest()).stream()
                .filter(other -> other.registry().equals(name.registry())
                        && !other.repository().equals(name.repository()))
                .map(ImageReference::repository)
                .distinct()
                .limit(MOST_RELATIVES)
                .toList();
    }

    private void put(ImageReference name, String reference, Descriptor manifest, byte[] bytes) {
        Call put = Call.of("PUT", client.at(name.repository() + "/manifests/" + reference))
                .with("Content-Type", manifest.mediaType().name())
                .with(Call.Body.of(bytes));
        client.ask(Scope.push(name.repository()), put, answer -> {
            if (answer.status() != Answer.CREATED
                    && answer.status() != Answer.ACCEPTED
                    && answer.status() != Answer.OK) {
                throw RegistryFailure.of(client.purpose(), answer);
            }
            try (answer) {
                String told = answer.header("Docker-Content-Digest").orElse("");
                if (told.startsWith("sha256:") && !told.equals(manifest.digest().toString())) {
                    throw new CorruptedException(
                            "push",
                            name.familiar(),
                            "the registry knows the manifest by " + told + ", not by " + manifest.digest(),
                            "tell who runs the registry");
                }
                return answer.status();
            }
        });
    }
}
