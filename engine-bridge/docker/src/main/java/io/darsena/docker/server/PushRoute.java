package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RemoteImage;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpRequest;
import io.darsena.docker.wire.ImageName;
import io.darsena.docker.wire.RegistryAuth;
import io.darsena.docker.wire.TransferLines;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /images/{name}/push`: what `docker push` asks for, of one tag or of all that a repository has here. A
/// client that goes cancels.
final class PushRoute {

    private static final Logger LOG = LoggerFactory.getLogger(PushRoute.class);

    private final Engine engine;

    PushRoute(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("POST", "/images/{name}/push", this::push);
    }

    private void push(HttpExchange exchange, String text) throws IOException {
        HttpRequest request = exchange.request();
        PlatformChoice.refuse(request, "pushing");
        ImageName name = ImageName.of(text, request.parameter("tag"));
        if (name.first().digest().isPresent()) {
            throw new HttpException(400, "cannot push a digest reference");
        }
        Optional<RegistryCredential> credential =
                RegistryAuth.ofHeader(request.header(RegistryAuth.HEADER)).credential();
        List<ImageReference> wanted = wanted(name);
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        LineAnswer answer = new LineAnswer(exchange);
        ImageReference first = name.first();
        answer.status("The push refers to repository [" + first.registry() + "/" + first.repository() + "]");
        try {
            for (ImageReference each : wanted) {
                push(each, credential, answer);
            }
            answer.end();
        } catch (EngineException failure) {
            answer.fail(failure);
        }
    }

    private List<ImageReference> wanted(ImageName name) {
        List<ImageReference> here = engine.images().list().stream()
                .flatMap(image -> image.names().stream())
                .filter(tag -> tag.tag().isPresent())
                .filter(tag -> name.isExact() ? tag.equals(name.first()) : name.isOfSameRepository(tag))
                .sorted()
                .toList();
        if (here.isEmpty()) {
            String shown =
                    name.isExact() ? name.first().familiar() : name.first().familiarRepository();
            throw new NotFoundException(
                    "push", shown, "An image does not exist locally with the tag: " + shown, "tag one so first");
        }
        return here;
    }

    private void push(ImageReference name, Optional<RegistryCredential> credential, LineAnswer answer) {
        Optional<Digest> config =
                engine.images().find(name.toString()).map(Image::id).map(ImageId::digest);
        TransferLines lines = new TransferLines(config);
        Digest digest;
        try (LatestTransfer latest =
                LatestTransfer.toldTo(transfer -> lines.next(transfer).forEach(answer::tell))) {
            digest = engine.registries().push(name, credential, latest);
        }
        String tag = name.tag().orElse("");
        OptionalLong size = size(name, digest, credential);
        answer.status(tag + ": digest: " + digest + (size.isPresent() ? " size: " + size.getAsLong() : ""));
        Map<String, Object> pushed = new LinkedHashMap<>();
        pushed.put("Tag", tag);
        pushed.put("Digest", digest.toString());
        size.ifPresent(bytes -> pushed.put("Size", bytes));
        answer.tell(Map.of("progressDetail", Map.of(), "aux", pushed));
    }

    /// Of the manifest, as the registry has it now. The push is done whether or not it tells.
    private OptionalLong size(ImageReference name, Digest digest, Optional<RegistryCredential> credential) {
        try {
            RemoteImage there = engine.registries().describe(name, credential);
            return there.digest().equals(digest) ? OptionalLong.of(there.size()) : OptionalLong.empty();
        } catch (EngineException untold) {
            LOG.debug("the registry does not describe what was pushed: {}", untold.getMessage());
            return OptionalLong.empty();
        }
    }
}
