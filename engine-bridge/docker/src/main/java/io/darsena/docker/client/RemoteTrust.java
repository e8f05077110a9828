package io.darsena.docker.client;

import static io.darsena.docker.client.EngineCalls.encoded;
import static io.darsena.docker.client.RemoteDockerEngine.PREFIX;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.trust.ImageTrust;
import io.darsena.bridge.trust.SigningKey;
import io.darsena.bridge.trust.Trust;
import io.darsena.bridge.trust.TrustReport;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.RegistryRequest;
import java.util.List;

/// The trust of an engine in another process, which holds the keys. Passwords go in bodies, over the socket that only
/// this user and root may use.
final class RemoteTrust implements Trust {

    private static final String TRUST = PREFIX + "/trust";
    private static final byte[] NOTHING = {};

    private final EngineCalls calls;

    RemoteTrust(EngineCalls calls) {
        this.calls = calls;
    }

    private static String image(ImageReference name) {
        return TRUST + "/images/" + encoded(name.toString());
    }

    private static byte[] key(String name, String pem, Secret password) {
        return BridgeJson.confidential(new RegistryRequest.Key(name, pem, password));
    }

    @Override
    public TrustReport report() {
        return calls.get(TRUST, text -> BridgeJson.read(TrustReport.class, text));
    }

    @Override
    public ImageTrust check(ImageReference name) {
        return calls.call("POST", image(name) + "/check", NOTHING, text -> BridgeJson.read(ImageTrust.class, text));
    }

    @Override
    public List<SigningKey> signingKeys() {
        return calls.get(TRUST + "/keys", text -> BridgeJson.readList(SigningKey.class, text));
    }

    @Override
    public SigningKey generate(String name, Secret password) {
        return calls.call(
                "POST",
                TRUST + "/keys/generate",
                key(name, "", password),
                text -> BridgeJson.read(SigningKey.class, text));
    }

    @Override
    public SigningKey importKey(String name, String pem, Secret password) {
        return calls.call(
                "POST",
                TRUST + "/keys/import",
                key(name, pem, password),
                text -> BridgeJson.read(SigningKey.class, text));
    }

    @Override
    public void unlock(String name, Secret password) {
        calls.call("POST", TRUST + "/keys/unlock", key(name, "", password), text -> text);
    }

    @Override
    public void delete(String name) {
        calls.command("DELETE", TRUST + "/keys/" + encoded(name));
    }

    @Override
    public Digest sign(ImageReference name, String key) {
        return calls.call(
                "POST",
                image(name) + "/sign?key=" + encoded(key),
                NOTHING,
                text -> BridgeJson.read(Digest.class, text));
    }
}
