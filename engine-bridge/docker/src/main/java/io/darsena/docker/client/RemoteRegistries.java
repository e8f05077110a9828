package io.darsena.docker.client;

import static io.darsena.docker.client.EngineCalls.encoded;
import static io.darsena.docker.client.RemoteDockerEngine.PREFIX;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.FoundRepository;
import io.darsena.bridge.registry.FoundTag;
import io.darsena.bridge.registry.ImagePreview;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import io.darsena.bridge.registry.Registries;
import io.darsena.bridge.registry.RegistryAnswer;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;
import io.darsena.bridge.registry.RemoteImage;
import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.FailureShape;
import io.darsena.docker.wire.RegistryMessage;
import io.darsena.docker.wire.RegistryRequest;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Registries as an engine in another process talks to them. An interrupted call closes its connection, which
/// cancels it there. Credentials are sent in bodies, over the socket that only this user and root may use.
final class RemoteRegistries implements Registries {

    private static final String REGISTRIES = PREFIX + "/registries";
    private static final int FAILED = 500;

    private final EngineCalls calls;

    RemoteRegistries(EngineCalls calls) {
        this.calls = calls;
    }

    @Override
    public PullResult pull(PullRequest request, Consumer<? super ImageTransfer> progress) {
        return transfer("pull", RegistryRequest.OfImage.of(request), progress, RegistryMessage::pulled);
    }

    @Override
    public Digest push(
            ImageReference name, Optional<RegistryCredential> credential, Consumer<? super ImageTransfer> progress) {
        return transfer("push", ofImage(name, credential), progress, RegistryMessage::pushed);
    }

    private static RegistryRequest.OfImage ofImage(ImageReference name, Optional<RegistryCredential> credential) {
        return new RegistryRequest.OfImage(name, Optional.empty(), credential);
    }

    private <T> T transfer(
            String operation,
            RegistryRequest.OfImage request,
            Consumer<? super ImageTransfer> progress,
            Function<RegistryMessage, Optional<T>> result) {
        try (HttpAnswer answer = calls.open("POST", REGISTRIES + "/" + operation, BridgeJson.confidential(request));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                RegistryMessage message = BridgeJson.read(RegistryMessage.class, line);
                message.transfer().ifPresent(progress);
                if (message.failure().isPresent()) {
                    String subject = request.name().familiar();
                    throw FailureShape.read(FAILED, message.failure().get(), operation, subject);
                }
                Optional<T> ended = result.apply(message);
                if (ended.isPresent()) {
                    return ended.get();
                }
            }
            throw new EOFException("its answer has no end");
        } catch (IOException lost) {
            throw calls.failed(lost);
        } catch (IllegalArgumentException foreign) {
            throw calls.foreign(String.valueOf(foreign.getMessage()));
        }
    }

    @Override
    public RegistryLogin login(RegistryHost registry, RegistryCredential credential) {
        return calls.call(
                "POST",
                REGISTRIES + "/login",
                BridgeJson.confidential(new RegistryRequest.Login(registry, credential)),
                text -> BridgeJson.read(RegistryLogin.class, text));
    }

    @Override
    public void check(RegistryHost registry, RegistryCredential credential) {
        calls.call(
                "POST",
                REGISTRIES + "/check",
                BridgeJson.confidential(new RegistryRequest.Login(registry, credential)),
                text -> text);
    }

    @Override
    public void logout(RegistryHost registry) {
        calls.command("DELETE", REGISTRIES + "/logins/" + encoded(registry.name()));
    }

    @Override
    public List<RegistryLogin> logins() {
        return list("/logins", RegistryLogin.class);
    }

    @Override
    public RegistryAnswer probe(RegistryHost registry) {
        return calls.get(REGISTRIES + "/probe" + at(registry), text -> BridgeJson.read(RegistryAnswer.class, text));
    }

    @Override
    public RemoteImage describe(ImageReference name, Optional<RegistryCredential> credential) {
        return calls.call(
                "POST",
                REGISTRIES + "/describe",
                BridgeJson.confidential(ofImage(name, credential)),
                text -> BridgeJson.read(RemoteImage.class, text));
    }

    @Override
    public ImagePreview preview(PullRequest request) {
        return calls.call(
                "POST",
                REGISTRIES + "/preview",
                BridgeJson.confidential(RegistryRequest.OfImage.of(request)),
                text -> BridgeJson.read(ImagePreview.class, text));
    }

    @Override
    public List<String> tags(
            RegistryHost registry, String repository, Optional<RegistryCredential> credential, int limit) {
        return list("/tags", new RegistryRequest.Listing(registry, repository, credential, limit), String.class);
    }

    @Override
    public List<FoundTag> taggedImages(RegistryHost registry, String repository, int limit) {
        return list(
                "/tagged-images",
                new RegistryRequest.Listing(registry, repository, Optional.empty(), limit),
                FoundTag.class);
    }

    @Override
    public List<String> repositories(RegistryHost registry, int limit) {
        return list("/repositories" + at(registry) + "&limit=" + limit, String.class);
    }

    @Override
    public List<FoundRepository> search(
            RegistryHost registry, String words, Optional<RegistryCredential> credential, int limit) {
        return list("/search", new RegistryRequest.Listing(registry, words, credential, limit), FoundRepository.class);
    }

    @Override
    public void deleteRemote(ImageReference name) {
        calls.command("DELETE", REGISTRIES + "/images/" + encoded(name.toString()));
    }

    private static String at(RegistryHost registry) {
        return "?registry=" + encoded(registry.name());
    }

    private <T> List<T> list(String target, RegistryRequest.Listing wanted, Class<T> element) {
        return calls.call(
                "POST",
                REGISTRIES + target,
                BridgeJson.confidential(wanted),
                text -> BridgeJson.readList(element, text));
    }

    private <T> List<T> list(String target, Class<T> element) {
        return calls.get(REGISTRIES + target, text -> BridgeJson.readList(element, text));
    }
}
