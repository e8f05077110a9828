package io.darsena.engine.registry.http;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The clients of one engine, one for each way to trust, and one for plain HTTP, which need not wait until
/// hundreds of certificates are read; made when first needed. `this` guards all of them.
public final class HttpClients implements AutoCloseable {

    private static final int MOST = 32;

    private final HttpTimes times;
    private final ProxySelector proxies;
    private final String agent;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("darsena-http-", 0).daemon().factory());
    private final LinkedHashMap<TlsChoice, HttpClient> clients = new LinkedHashMap<>();
    private @Nullable HttpClient plain;

    public HttpClients(HttpTimes times, ProxySelector proxies, String agent) {
        this.times = times;
        this.proxies = proxies;
        this.agent = agent;
    }

    public HttpTransport of(TlsChoice choice) {
        return new HttpTransport(uri -> Places.isEncrypted(uri) ? encrypted(choice) : plain(), times, agent);
    }

    private synchronized HttpClient plain() {
        if (plain == null) {
            plain = open(TlsTrust.nobody());
        }
        return plain;
    }

    private synchronized HttpClient encrypted(TlsChoice choice) {
        HttpClient client = clients.get(choice);
        if (client == null) {
            if (clients.size() == MOST) {
                // A change of settings makes another choice; requests under way keep their client alive.
                clients.pollFirstEntry();
            }
            client = open(TlsTrust.context(choice));
            clients.put(choice, client);
        }
        return client;
    }

    private HttpClient open(SSLContext trust) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(times.connect())
                .proxy(proxies)
                .sslContext(trust)
                .executor(threads)
                .build();
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(HttpClient::shutdownNow);
        clients.clear();
        if (plain != null) {
            plain.shutdownNow();
        }
        threads.shutdownNow();
    }
}
