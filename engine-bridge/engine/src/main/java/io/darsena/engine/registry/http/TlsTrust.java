package io.darsena.engine.registry.http;

import io.darsena.bridge.error.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/// Makes what a [TlsChoice] says: certificates of the JDK, of the system and of the choice.
final class TlsTrust {

    /// Where systems keep what they trust: Debian, Ubuntu, Arch and Gentoo; Fedora and its kin, old and new;
    /// SUSE; Alpine.
    private static final List<String> OF_SYSTEMS = List.of(
            "etc/ssl/certs/ca-certificates.crt",
            "etc/pki/tls/certs/ca-bundle.crt",
            "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
            "etc/ssl/ca-bundle.pem",
            "etc/ssl/cert.pem");

    private static final int LARGEST_FILE = 8 << 20;

    private TlsTrust() {}

    static SSLContext context(TlsChoice choice) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    identities(choice),
                    choice.insecure() ? new TrustManager[] {new Anybody()} : authorities(choice),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /// For a client that never sees TLS.
    static SSLContext nobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static TrustManager[] authorities(TlsChoice choice) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        List<Certificate> certificates = new ArrayList<>(Common.CERTIFICATES);
        for (TlsChoice.Stamped each : choice.authorities()) {
            certificates.addAll(certificates(each.file()));
        }
        for (int i = 0; i < certificates.size(); i++) {
            trusted.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    /// Hundreds, so they are read once, when the first registry needs them.
    private static final class Common {
        static final List<Certificate> CERTIFICATES = read();

        private static List<Certificate> read() {
            try {
                Set<Certificate> certificates = new LinkedHashSet<>(List.of(ofTheJdk()));
                ofTheSystem(Path.of("/")).ifPresent(file -> certificates.addAll(certificates(file)));
                return List.copyOf(certificates);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has certificates", e);
            }
        }
    }

    /// The file of certificates that the system trusts; empty where none is known.
    static Optional<Path> ofTheSystem(Path root) {
        return OF_SYSTEMS.stream().map(root::resolve).filter(Files::isReadable).findFirst();
    }

    private static X509Certificate[] ofTheJdk() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509TrustManager own) {
                return own.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static KeyManager[] identities(TlsChoice choice) throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
        own.load(null, null);
        char[] password = new char[0];
        for (TlsChoice.Stamped each : choice.identities()) {
            Certificate[] chain = certificates(each.file()).toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw unusable(each.file(), "there is none in it");
            }
            own.setKeyEntry(
                    each.file().toString(),
                    privateKey(
                            TlsChoice.key(each.file()), chain[0].getPublicKey().getAlgorithm()),
                    password,
                    chain);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, password);
        return factory.getKeyManagers();
    }

    private static Collection<? extends Certificate> certificates(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LARGEST_FILE);
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new java.io.ByteArrayInputStream(bytes));
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(file, "they are no PEM certificates, or cannot be read");
        }
    }

    private static PrivateKey privateKey(Path file, String algorithm) {
        try {
            return ClientKey.read(file, algorithm)
                    .orElseThrow(() -> unusable(file, "it holds no unencrypted private key"));
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(file, "the key cannot be read");
        }
    }

    private static InvalidRequestException unusable(Path file, String reason) {
        return new InvalidRequestException(
                "use", "the certificates in " + file, reason, "correct the file or the registry's settings");
    }

    /// For registries that a person set insecure. An extended one, so that the JDK checks no host name either.
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
