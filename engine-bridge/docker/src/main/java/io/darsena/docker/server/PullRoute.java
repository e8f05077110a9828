package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpRequest;
import io.darsena.docker.wire.ImageName;
import io.darsena.docker.wire.PlatformWord;
import io.darsena.docker.wire.RegistryAuth;
import io.darsena.docker.wire.TransferLines;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// `POST /images/create`: what `docker pull` asks for. A client that goes cancels.
final class PullRoute {

    /// `docker pull --all-tags` of more than that is more likely a mistake than wanted.
    private static final int MOST_TAGS = 10_000;

    private final Engine engine;

    PullRoute(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("POST", "/images/create", (exchange, name) -> create(exchange));
    }

    private void create(HttpExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        if (request.parameter("fromSrc").isPresent()) {
            throw new HttpException(
                    501, "making an image of a file system (docker import): not supported by this version of Darsena");
        }
        String image =
                request.parameter("fromImage").orElseThrow(() -> new HttpException(400, "no image given: fromImage"));
        ImageName name = ImageName.of(image, request.parameter("tag"));
        Optional<String> platform = request.parameter("platform")
                .map(word -> word.equals(PullRequest.EVERY_PLATFORM) ? word : PlatformWord.parse(word));
        Optional<RegistryCredential> credential =
                RegistryAuth.ofHeader(request.header(RegistryAuth.HEADER)).credential();
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        LineAnswer answer = new LineAnswer(exchange);
        try {
            boolean changed = false;
            for (ImageReference each : wanted(name, credential)) {
                changed |= pull(new PullRequest(each, platform, credential), answer)
                        .changed();
            }
            answer.status((changed ? "Status: Downloaded newer image for " : "Status: Image is up to date for ")
                    + (name.isExact() ? name.first().familiar() : name.first().familiarRepository()));
            answer.end();
        } catch (EngineException failure) {
            answer.fail(failure);
        }
    }

    private List<ImageReference> wanted(ImageName name, Optional<RegistryCredential> credential) {
        if (name.isExact()) {
            return List.of(name.first());
        }
        List<String> tags = engine.registries()
                .tags(RegistryHost.of(name.first()), name.first().repository(), credential, MOST_TAGS);
        if (tags.isEmpty()) {
            throw new NotFoundException(
                    "pull", name.first().familiarRepository(), "its registry has no tag of it", "check the name");
        }
        return tags.stream().map(name::tagged).toList();
    }

    private PullResult pull(PullRequest request, LineAnswer answer) {
        PullResult result;
        try (LatestTransfer latest = LatestTransfer.toldTo(new Teller(request.name(), answer))) {
            result = engine.registries().pull(request, latest);
        }
        answer.status("Digest: " + result.digest());
        return result;
    }

    /// Says nothing until the registry has said what the name stands for, so that a name it does not know fails
    /// by its status.
    private static final class Teller implements Consumer<ImageTransfer> {
        private final ImageReference name;
        private final LineAnswer answer;
        private final TransferLines lines = new TransferLines(Optional.empty());
        private boolean begun;

        Teller(ImageReference name, LineAnswer answer) {
            this.name = name;
            this.answer = answer;
        }

        @Override
        public void accept(ImageTransfer transfer) {
            if (transfer.steps().isEmpty()) {
                return;
            }
            if (!begun) {
                begun = true;
                String id =
                        name.digest().isPresent() ? name.toString() : name.tag().orElse("");
                answer.tell(Map.of("status", "Pulling from " + name.repository(), "id", id));
            }
            lines.next(transfer).forEach(answer::tell);
        }
    }
}
