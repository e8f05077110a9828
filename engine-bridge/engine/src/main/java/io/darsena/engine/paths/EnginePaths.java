package io.darsena.engine.paths;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The disk layout of an engine; nothing else spells a path below these three directories.
///
/// @param data survives a reboot: images, containers, the database
/// @param run need not survive a reboot: sockets; short enough that each socket's path fits into `sun_path`
/// @param config what the person set
public record EnginePaths(Path data, Path run, Path config) {

    /// Bytes of a Unix socket's path (108 with the closing NUL, unix(7)).
    public static final int LONGEST_SOCKET_PATH = 107;

    /// Bytes that the longest socket's path adds to the run directory: `/c/<32 digits>/monitor.sock`, and some.
    private static final int LONGEST_SOCKET_SUFFIX = 52;

    private static final String NAME = "darsena";
    private static final int RUN_NAME_DIGITS = 32;

    public EnginePaths {
        for (Path path : List.of(data, run, config)) {
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("not an absolute path: " + path);
            }
        }
    }

    /// As the user who runs this JVM: the system's directories for root, the XDG ones for an ordinary user.
    public static EnginePaths standard() {
        long uid = PrivateDirectory.ownUid();
        return uid == 0 ? ofRoot() : ofUser(uid, Path.of(System.getProperty("user.home")), System.getenv());
    }

    static EnginePaths ofRoot() {
        return new EnginePaths(Path.of("/var/lib", NAME), Path.of("/run", NAME), Path.of("/etc", NAME));
    }

    /// A relative path in an XDG variable is passed over, as the XDG base directory specification wants it.
    static EnginePaths ofUser(long uid, Path home, Map<String, String> environment) {
        Path data =
                base(environment, "XDG_DATA_HOME", home.resolve(".local/share")).resolve(NAME);
        Path config =
                base(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve(NAME);
        Path runtime = base(environment, "XDG_RUNTIME_DIR", Path.of("/"));
        Path wanted = runtime.resolve(NAME);
        boolean usable = runtime.getNameCount() > 0 && fits(wanted) && PrivateDirectory.isPrivate(runtime, uid);
        return new EnginePaths(data, usable ? wanted : ShortRunDirectory.of(data, uid), config);
    }

    private static Path base(Map<String, String> environment, String variable, Path fallback) {
        String value = environment.getOrDefault(variable, "");
        return value.startsWith("/") ? Path.of(value).normalize() : fallback;
    }

    /// Everything below one directory of the caller's choice. When it is too long for sockets the run directory
    /// is a short private one elsewhere, always the same for the same root.
    public static EnginePaths under(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        Path run = absolute.resolve("run");
        Path data = absolute.resolve("data");
        return new EnginePaths(
                data,
                fits(run) ? run : ShortRunDirectory.of(data, PrivateDirectory.ownUid()),
                absolute.resolve("config"));
    }

    /// The same, with the run directory in which an engine has left something of this data: each data
    /// directory has one at a time, whatever environment the next engine is started in. To be asked again by
    /// whoever holds the data's lock.
    public EnginePaths inUse() {
        return RunRecord.of(data).directory(run).map(this::at).orElse(this);
    }

    /// The same with this run directory.
    public EnginePaths at(Path otherRun) {
        return new EnginePaths(data, otherRun, config);
    }

    static boolean fits(Path run) {
        return run.toString().getBytes(StandardCharsets.UTF_8).length + LONGEST_SOCKET_SUFFIX <= LONGEST_SOCKET_PATH;
    }

    /// Makes what is missing, readable by the own user alone, and refuses what somebody else has put there.
    ///
    /// @throws io.darsena.bridge.error.DeniedException when a directory belongs to another user or cannot be made
    public void prepare() {
        for (Path directory : List.of(data, run, config)) {
            PrivateDirectory.ensure(directory);
        }
        for (Path directory : List.of(
                data.resolve("blobs"),
                blobs(),
                layers(),
                containers(),
                ingest(),
                trash(),
                runtimeBinaries(),
                nativeLibraries(),
                containerRuns())) {
            PrivateDirectory.ensure(directory);
        }
    }

    public Path database() {
        return data.resolve("darsena.db");
    }

    /// Which run directory the last engine had ([RunRecord]).
    static Path runRecord(Path data) {
        return data.resolve("run-directory");
    }

    /// Whose data a run directory serves.
    static Path runOwner(Path run) {
        return run.resolve("data");
    }

    Path lock() {
        return data.resolve("lock");
    }

    /// What a person set for the engine.
    public Path settings() {
        return config.resolve("engine.json");
    }

    /// Who is logged in at which registry, and the secrets that no other program keeps.
    public Path logins() {
        return config.resolve("registry-logins.json");
    }

    /// What registries said of their limits.
    public Path rates() {
        return data.resolve("registry-rates");
    }

    /// Private keys that sign images.
    public Path signingKeys() {
        return config.resolve("keys");
    }

    /// Certificates to trust and to show, a directory a registry, as Docker lays them out.
    public Path certificates() {
        return config.resolve("certs.d");
    }

    /// Blobs by the hex digits of their digest, exactly as received.
    public Path blobs() {
        return data.resolve("blobs").resolve("sha256");
    }

    public Path blob(Digest digest) {
        return blobs().resolve(digest.hex());
    }

    public Path layers() {
        return data.resolve("layers");
    }

    /// One unpacked layer: [#LAYER_CONTENT] and [#LAYER_INDEX] are in it.
    public Path layer(DiffId layer) {
        return layers().resolve(layer.digest().hex());
    }

    /// The tree of a layer, what an overlay takes as a lower directory.
    public Path layerContent(DiffId layer) {
        return layer(layer).resolve(LAYER_CONTENT);
    }

    /// The extractor's list of the layer's entries.
    public Path layerIndex(DiffId layer) {
        return layer(layer).resolve(LAYER_INDEX);
    }

    public static final String LAYER_CONTENT = "fs";
    public static final String LAYER_INDEX = "index";

    public Path containers() {
        return data.resolve("containers");
    }

    /// What of a container survives a reboot: writable layer, log, exit record.
    public Path container(ContainerId container) {
        return containers().resolve(container.hex());
    }

    /// What a container has written itself, the uppermost directory of its overlay.
    public Path containerUpper(ContainerId container) {
        return container(container).resolve("upper");
    }

    Path containerRuns() {
        return run.resolve("c");
    }

    /// Sockets of a running container. The name is the first half of the id: a whole one would not leave room
    /// for a user's own run directory.
    public Path containerRun(ContainerId container) {
        return containerRuns().resolve(container.hex().substring(0, RUN_NAME_DIGITS));
    }

    /// Things on their way into `blobs` or `layers`; whatever is in it when an engine starts is a leftover, but
    /// for [#partial] ones.
    public Path ingest() {
        return data.resolve("ingest");
    }

    /// What a pull has of a blob so far; it outlives the pull and the engine, so that the next one goes on with
    /// it.
    public Path partial(Digest blob) {
        return ingest().resolve(PARTIAL + blob.hex());
    }

    /// What names of [#partial] files begin with; 64 hex digits follow.
    public static final String PARTIAL = "pull-";

    /// Trees on their way out; whatever is in it when an engine starts is deleted.
    public Path trash() {
        return data.resolve("trash");
    }

    /// Binaries of darsena-runtime, kept as long as a monitor may run one; not below `run`, which many hosts mount
    /// `noexec`.
    public Path runtimeBinaries() {
        return data.resolve("runtime");
    }

    /// Where an engine without a window serves its API; always there while one does.
    public Path apiSocket() {
        return run.resolve("docker.sock");
    }

    /// Where the window on this data can be asked to show itself.
    public Path windowSocket() {
        return run.resolve("window.sock");
    }

    /// Native code that libraries unpack, emptied when an engine starts.
    public Path nativeLibraries() {
        return data.resolve("native");
    }
}
