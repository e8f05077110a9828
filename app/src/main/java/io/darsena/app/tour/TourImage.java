package io.darsena.app.tour;

import io.darsena.bridge.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// An image of several layers to look into, and what it was before: what its files hold is of no interest but where
/// they name packages, what they are called and how large they are is. It is written as an OCI layout (OCI
/// image-spec, layout) and imported.
final class TourImage {

    private static final int BLOCK = 512;
    private static final long THEN = 1_767_225_600;

    private static final String BASE =
            "bash=5.2.15-2+b7,libc6=2.36-9+deb12u10,libssl3=3.0.15-1~deb12u1,perl-base=5.36.0-7+deb12u2";

    private final Path layout;
    private final String revision;
    private final List<String> diffIds = new ArrayList<>();
    private final List<String> layers = new ArrayList<>();
    private final List<String> history = new ArrayList<>();

    private TourImage(Path layout, String revision) throws IOException {
        this.layout = layout;
        this.revision = revision;
        Files.createDirectories(layout.resolve("blobs/sha256"));
    }

    /// @param directory for files that are needed meanwhile
    static void importInto(Engine engine, Path directory) throws IOException {
        older(engine, directory);
        TourImage image = new TourImage(directory.resolve("shop"), "2.0");
        image.base();
        image.step("/bin/sh -c #(nop)  CMD [\\\"bash\\\"]");
        image.step("ENV SHOP_VERSION=2.0.1");
        image.layer(
                "RUN /bin/sh -c apt-get update && apt-get install -y nginx # buildkit",
                "etc/nginx/nginx.conf 1447",
                "etc/nginx/mime.types 5465",
                "etc/passwd 1310",
                "usr/sbin/nginx 1308432",
                "usr/share/nginx/html/index.html 615",
                "var/cache/apt/pkgcache.bin 2841700",
                "var/lib/apt/lists/deb.debian.org_dists_bookworm_main_binary-amd64_Packages 1900000",
                "var/lib/dpkg/info/nginx.list 310",
                "var/lib/dpkg/info/nginx-common.list 290",
                "var/lib/dpkg/info/openssl.list 420",
                "usr/share/doc/nginx/copyright 5120 BSD-2-Clause",
                "usr/share/doc/nginx-common/copyright 5120 BSD-2-Clause",
                "usr/share/doc/openssl/copyright 2048 Apache-2.0",
                "var/lib/dpkg/status 92110 " + BASE + ",nginx=1.22.1-9,nginx-common=1.22.1-9,openssl=3.0.15-1~deb12u1");
        image.layer(
                "RUN /bin/sh -c rm -rf /var/lib/apt/lists /etc/motd # buildkit",
                "var/lib/apt/.wh.lists 0",
                "etc/.wh.motd 0");
        image.layer(
                "COPY site/ /usr/share/nginx/html/ # buildkit",
                "usr/share/nginx/html/index.html 2048",
                "usr/share/nginx/html/shop.css 18430",
                "usr/share/nginx/html/shop.js 96300",
                "usr/share/nginx/html/node_modules/alpinejs/package.json 512 alpinejs=3.14.1",
                "usr/share/nginx/html/node_modules/@floating-ui/dom/package.json 512 @floating-ui/dom=1.6.8");
        image.step("EXPOSE map[80/tcp:{}]");
        image.step("ENTRYPOINT [\\\"nginx\\\" \\\"-g\\\" \\\"daemon off;\\\"]");
        String config = """
                {"Entrypoint":["nginx","-g","daemon off;"],"Cmd":["bash"],"Env":["PATH=/usr/sbin:/usr/bin","SHOP_VERSION=2.0.1"],\
                "ExposedPorts":{"80/tcp":{}},"User":"www-data","Labels":{"org.opencontainers.image.version":"2.0.1"}}""";
        engine.images().importFrom(image.finished(engine, config), progress -> {});
    }

    /// Another web server on the same base.
    private static void older(Engine engine, Path directory) throws IOException {
        TourImage image = new TourImage(directory.resolve("older"), "1.9");
        image.base();
        image.step("/bin/sh -c #(nop)  CMD [\\\"bash\\\"]");
        image.step("ENV SHOP_VERSION=1.9.4");
        image.layer(
                "RUN /bin/sh -c apt-get update && apt-get install -y lighttpd # buildkit",
                "etc/lighttpd/lighttpd.conf 1980",
                "etc/passwd 1310",
                "usr/sbin/lighttpd 402120",
                "var/lib/dpkg/status 90870 " + BASE + ",lighttpd=1.4.69-1");
        image.layer(
                "COPY site/ /usr/share/nginx/html/ # buildkit",
                "usr/share/nginx/html/index.html 1702",
                "usr/share/nginx/html/shop.css 18430",
                "usr/share/nginx/html/cart.js 41200");
        String config = """
                {"Entrypoint":["lighttpd","-D","-f","/etc/lighttpd/lighttpd.conf"],"Cmd":["bash"],\
                "Env":["PATH=/usr/sbin:/usr/bin","SHOP_VERSION=1.9.4"],"ExposedPorts":{"8080/tcp":{}},\
                "Labels":{"org.opencontainers.image.version":"1.9.4"}}""";
        engine.images().importFrom(image.finished(engine, config), progress -> {});
    }

    private void base() throws IOException {
        layer(
                "/bin/sh -c #(nop) ADD file:7c1a2f in / ",
                "etc/debian_version 5",
                "etc/motd 286",
                "etc/passwd 1240",
                "usr/bin/bash 1298416",
                "usr/bin/perl 3777400",
                "usr/lib/x86_64-linux-gnu/libc.so.6 1926256",
                "usr/lib/x86_64-linux-gnu/libcrypto.so.3 4713752",
                "usr/lib/os-release 267 12",
                "usr/share/doc/bash/copyright 10231 GPL-3+",
                "usr/share/doc/libc6/copyright 20480 LGPL-2.1+",
                "usr/share/doc/libssl3/copyright 2048 Apache-2.0",
                "usr/share/doc/perl-base/copyright 15360 GPL-1+ or Artistic",
                "var/lib/dpkg/info/bash.list 4410",
                "var/lib/dpkg/info/libc6.list 8120",
                "var/lib/dpkg/info/libssl3.list 380",
                "var/lib/dpkg/info/perl-base.list 9240",
                "var/lib/dpkg/status 86400 " + BASE);
    }

    private void step(String instruction) {
        history.add("{\"created\":\"2026-01-01T00:00:00Z\",\"created_by\":\"%s\",\"empty_layer\":true}"
                .formatted(instruction));
    }

    /// @param files each a path, a size, and what [TourPackages] makes a text of
    private void layer(String instruction, String... files) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        List<String> made = new ArrayList<>();
        for (String file : files) {
            String[] words = file.split(" ", 3);
            for (int slash = words[0].indexOf('/'); slash > 0; slash = words[0].indexOf('/', slash + 1)) {
                String directory = words[0].substring(0, slash + 1);
                if (!made.contains(directory)) {
                    made.add(directory);
                    tar.write(header(directory, 0, 0755, '5'));
                }
            }
            int size = Integer.parseInt(words[1]);
            tar.write(header(words[0], size, words[0].contains("bin/") ? 0755 : 0644, '0'));
            byte[] content = words.length > 2 ? TourPackages.content(words[0], size, words[2]) : new byte[size];
            tar.write(Arrays.copyOf(content, (size + BLOCK - 1) / BLOCK * BLOCK));
        }
        tar.write(new byte[2 * BLOCK]);
        String digest = blob(tar.toByteArray());
        diffIds.add("\"" + digest + "\"");
        layers.add(descriptor("layer.v1.tar", digest, tar.size()));
        history.add("{\"created\":\"2026-01-01T00:00:00Z\",\"created_by\":\"%s\"}".formatted(instruction));
    }

    /// One header of a tar (POSIX, ustar).
    private static byte[] header(String name, int size, int mode, char type) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "%07o".formatted(0));
        put(header, 116, "%07o".formatted(0));
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "%011o".formatted(THEN));
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, "%06o\0".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private Path finished(Engine engine, String run) throws IOException {
        String platform = engine.images().list().getFirst().platform().split("/")[1];
        String config = """
                {"created":"2026-01-01T00:00:00Z","os":"linux","architecture":"%s","config":%s,"rootfs":{"type":"layers","diff_ids":[%s]},
                "history":[%s]}""".formatted(platform, run, String.join(",", diffIds), String.join(",", history));
        byte[] configBytes = config.getBytes(StandardCharsets.UTF_8);
        String manifest = "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                .formatted(
                        descriptor("config.v1+json", blob(configBytes), configBytes.length), String.join(",", layers));
        byte[] manifestBytes = manifest.getBytes(StandardCharsets.UTF_8);
        String named = descriptor("manifest.v1+json", blob(manifestBytes), manifestBytes.length)
                .replaceFirst(
                        "}$",
                        ",\"annotations\":{\"io.containerd.image.name\":\"docker.io/acme/shop:" + revision + "\"}}");
        Files.writeString(layout.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + named + "]}");
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        return layout;
    }

    private static String descriptor(String type, String digest, int size) {
        return "{\"mediaType\":\"application/vnd.oci.image.%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(type, digest, size);
    }

    private String blob(byte[] content) {
        try {
            String hex = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            Files.write(layout.resolve("blobs/sha256").resolve(hex), content);
            return "sha256:" + hex;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
