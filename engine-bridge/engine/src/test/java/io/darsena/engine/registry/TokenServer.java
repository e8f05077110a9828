package io.darsena.engine.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets into a [TestRegistry] only who shows a token, and gives tokens out at `/token`.
public final class TokenServer implements TestRegistry.Behaviour {

    public static final String USER = "ann";
    public static final String PASSWORD = "s3cr:et pässword";
    static final String REFRESH = "refresh-token-of-ann";

    private final AtomicInteger number = new AtomicInteger();
    private final Set<String> good = ConcurrentHashMap.newKeySet();
    final List<TestRegistry.Seen> asked = new CopyOnWriteArrayList<>();
    volatile boolean anonymous;
    volatile boolean knowsPost = true;
    volatile String realm = "";

    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean answer(TestRegistry.Seen seen, Reply reply) throws IOException {
        if (seen.path().equals("/token")) {
            asked.add(seen);
            return token(seen, reply);
        }
        if (good.contains(seen.header("authorization"))) {
            return false;
        }
        String address = realm.isEmpty() ? "http://" + seen.header("host") + "/token" : realm;
        return reply.sent(
                401,
                Map.of("WWW-Authenticate", "Bearer realm=\"" + address + "\",service=\"test service\",scope=\"x:y:z\""),
                "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\"}]}");
    }

    private boolean token(TestRegistry.Seen seen, Reply reply) throws IOException {
        if (seen.method().equals("POST") && !knowsPost) {
            return reply.sent(404, Map.of(), "");
        }
        String form = new String(seen.body(), StandardCharsets.UTF_8);
        boolean in = anonymous && seen.header("authorization").isEmpty()
                || seen.header("authorization").equals(basic(USER, PASSWORD))
                || seen.header("authorization").equals(basic("<token>", REFRESH))
                || form.contains("refresh_token=" + REFRESH);
        if (!in) {
            return reply.sent(401, Map.of(), "{\"details\":\"incorrect username or password\"}");
        }
        String token = "token-" + number.incrementAndGet();
        good.add("Bearer " + token);
        return reply.sent(200, Map.of(), "{\"token\":\"" + token + "\",\"expires_in\":300}");
    }

    /// No token is good any more.
    void revoke() {
        good.clear();
    }
}
