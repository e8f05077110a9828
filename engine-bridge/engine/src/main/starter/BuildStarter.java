import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes the starter image: an OCI archive with one plain layer around Debian's static busybox. The same inputs give the
/// same bytes, on whatever day and JDK: times are fixed, entries are sorted, nothing is compressed.
///
/// usage: BuildStarter.java BUSYBOX TIDE ARCHIVE
final class BuildStarter {

    private static final long BUILT_AT = 1_767_225_600; // 2026-01-01
    private static final String CREATED = "2026-01-01T00:00:00Z";
    private static final String NAME = "docker.io/darsena/starter:latest";
    private static final Path COPYRIGHT = Path.of("/usr/share/doc/busybox-static/copyright");
    private static final Path LICENCE = Path.of("/usr/share/common-licenses/GPL-2");

    public static void main(String[] arguments) throws Exception {
        Path busybox = Path.of(arguments[0]);
        Path archive = Path.of(arguments[2]);
        String source = output("dpkg-query", "-W", "-f", "${source:Package} ${source:Version}", "busybox-static");
        byte[] image = archive(layer(busybox, Path.of(arguments[1]), source), source);
        Path temporary = archive.resolveSibling(archive.getFileName() + ".new");
        Files.write(temporary, image);
        Files.move(temporary, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] layer(Path busybox, Path tide, String source) throws Exception {
        Tar tar = new Tar();
        for (String directory : List.of(
                "bin", "dev", "etc", "home", "proc", "root", "run", "sbin", "sys", "tmp", "usr", "usr/bin", "usr/local",
                "usr/local/bin", "usr/sbin", "usr/share", "usr/share/licenses", "usr/share/licenses/busybox", "var",
                "var/log", "var/tmp")) {
            tar.directory(directory, mode(directory));
        }
        tar.file("bin/busybox", Files.readAllBytes(busybox), 0755);
        for (String applet : output(busybox.toString(), "--list").split("\n")) {
            if (!applet.isBlank() && !applet.equals("busybox")) {
                tar.link("bin/" + applet, "busybox");
            }
        }
        tar.link("usr/bin/env", "../../bin/busybox");
        tar.file("etc/passwd", """
                root:x:0:0:root:/root:/bin/sh
                bin:x:2:2:bin:/bin:/bin/false
                daemon:x:1:1:daemon:/usr/sbin:/bin/false
                www-data:x:33:33:www-data:/var/www:/bin/false
                sailor:x:1000:1000:sailor:/home:/bin/sh
                nobody:x:65534:65534:nobody:/home:/bin/false
                """, 0644);
        tar.file("etc/group", """
                root:x:0:
                daemon:x:1:
                bin:x:2:
                tty:x:5:
                www-data:x:33:
                sailor:x:1000:
                nogroup:x:65534:
                """, 0644);
        tar.file("etc/shadow", "root:*:::::::\nnobody:*:::::::\n", 0600);
        tar.file("etc/os-release", "NAME=\"Darsena starter\"\nID=darsena-starter\nPRETTY_NAME=\"Darsena starter (busybox)\"\n",
                0644);
        tar.file("usr/local/bin/tide", Files.readAllBytes(tide), 0755);
        tar.file("usr/share/licenses/busybox/copyright", Files.readAllBytes(COPYRIGHT), 0644);
        tar.file("usr/share/licenses/busybox/GPL-2", Files.readAllBytes(LICENCE), 0644);
        tar.file("usr/share/licenses/busybox/SOURCE", "bin/busybox is the binary of Debian's package busybox-static, built by"
                + " Debian from its source package\n" + source + ", which `apt-get source` gets.\n", 0644);
        return tar.bytes();
    }

    private static int mode(String directory) {
        return switch (directory) {
            case "root" -> 0700;
            case "tmp", "var/tmp" -> 01777;
            default -> 0755;
        };
    }

    private static byte[] archive(byte[] layer, String source) throws Exception {
        String config = """
                {"architecture":"%s","os":"linux","created":"%s","config":{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:\
                /usr/bin:/sbin:/bin"],"Cmd":["tide"],"WorkingDir":"/","StopSignal":"SIGTERM","Labels":{\
                "org.opencontainers.image.title":"Darsena starter",\
                "org.opencontainers.image.description":"Debian's busybox and a tide that rises and falls: something to run at once",\
                "org.opencontainers.image.licenses":"GPL-2.0-only AND Apache-2.0",\
                "io.darsena.starter.source":"%s","io.darsena.starter.licence-texts":"/usr/share/licenses"}},\
                "rootfs":{"type":"layers","diff_ids":["%s"]},\
                "history":[{"created":"%s","created_by":"busybox-static (%s), its applets, and tide"}]}"""
                .formatted(architecture(), CREATED, source, digest(layer), CREATED, source);
        String manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "config":%s,"layers":[%s]}"""
                .formatted(
                        descriptor("application/vnd.oci.image.config.v1+json", bytes(config)),
                        descriptor("application/vnd.oci.image.layer.v1.tar", layer));
        String described = descriptor("application/vnd.oci.image.manifest.v1+json", bytes(manifest));
        String index = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                + described.substring(0, described.length() - 1)
                + ",\"annotations\":{\"io.containerd.image.name\":\"" + NAME
                + "\",\"org.opencontainers.image.ref.name\":\"latest\"}}]}";
        Tar tar = new Tar();
        tar.file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}", 0644);
        tar.file("index.json", index, 0644);
        tar.directory("blobs", 0755);
        tar.directory("blobs/sha256", 0755);
        for (byte[] blob : List.of(layer, bytes(config), bytes(manifest))) {
            tar.file("blobs/sha256/" + digest(blob).substring("sha256:".length()), blob, 0644);
        }
        return tar.bytes();
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> System.getProperty("os.arch");
        };
    }

    private static String descriptor(String mediaType, byte[] blob) throws Exception {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest(blob) + "\",\"size\":" + blob.length + "}";
    }

    private static String digest(byte[] bytes) throws Exception {
        return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return output;
    }

    /// A ustar archive, sorted by name (POSIX.1-1988, and all a name needs here fits its 100 bytes).
    private static final class Tar {
        private static final int BLOCK = 512;
        private final Map<String, byte[]> entries = new TreeMap<>();

        void directory(String name, int mode) {
            entries.put(name + "/", entry(name + "/", '5', "", new byte[0], mode));
        }

        void file(String name, String content, int mode) {
            file(name, BuildStarter.bytes(content), mode);
        }

        void file(String name, byte[] content, int mode) {
            entries.put(name, entry(name, '0', "", content, mode));
        }

        void link(String name, String target) {
            entries.put(name, entry(name, '2', target, new byte[0], 0777));
        }

        byte[] bytes() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            entries.values().forEach(all::writeBytes);
            all.writeBytes(new byte[2 * BLOCK]);
            return all.toByteArray();
        }

        private static byte[] entry(String name, char type, String target, byte[] content, int mode) {
            byte[] header = new byte[BLOCK];
            put(header, 0, name);
            put(header, 100, "%07o".formatted(mode));
            put(header, 108, "%07o".formatted(0));
            put(header, 116, "%07o".formatted(0));
            put(header, 124, "%011o".formatted(content.length));
            put(header, 136, "%011o".formatted(BUILT_AT));
            put(header, 148, "        ");
            put(header, 156, String.valueOf(type));
            put(header, 157, target);
            put(header, 257, "ustar\0" + "00");
            put(header, 265, "root");
            put(header, 297, "root");
            int sum = 0;
            for (byte each : header) {
                sum += each & 0xff;
            }
            put(header, 148, "%06o\0 ".formatted(sum));
            ByteArrayOutputStream entry = new ByteArrayOutputStream();
            entry.writeBytes(header);
            entry.writeBytes(content);
            entry.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
            return entry.toByteArray();
        }

        private static void put(byte[] header, int offset, String text) {
            byte[] bytes = BuildStarter.bytes(text);
            if (bytes.length > 100) {
                throw new IllegalArgumentException("too long for a tar header: " + text);
            }
            System.arraycopy(bytes, 0, header, offset, bytes.length);
        }
    }
}
