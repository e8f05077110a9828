package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names in an archive that mean something. No other is looked at, so none can lead anywhere.
final class ArchiveNames {

    static final String INDEX = "index.json";
    static final String DOCKER_MANIFEST = "manifest.json";

    private static final Pattern BLOB = Pattern.compile("blobs/sha256/([0-9a-f]{64})");
    /// Docker's and podman's own, and those of kaniko, crane, ko, jib, bazel and nix.
    private static final Pattern DOCKER_FILE = Pattern.compile("(?:sha256[:-])?[0-9a-f]{64}|"
            + "[\\w.:-]{1,200}\\.(?:json|tar|tar\\.gz|tgz|tar\\.zst)|[\\w.:-]{1,200}/layer\\.tar");

    private static final Pattern DOCKER_LINK = Pattern.compile("(?:\\.\\./)?([\\w:-][\\w.:-]{0,199}(?:/layer)?\\.tar)");

    private ArchiveNames() {}

    /// A tar may write `./index.json` for `index.json`.
    static String plain(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    static Optional<Digest> blob(String name) {
        Matcher matcher = BLOB.matcher(name);
        return matcher.matches() ? Optional.of(new Digest(matcher.group(1))) : Optional.empty();
    }

    static String ofBlob(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }

    static boolean isDocument(String name) {
        return name.equals(INDEX) || name.equals(LayoutMarker.FILE) || name.equals(DOCKER_MANIFEST);
    }

    /// What may be a config or a layer in an archive of `docker save` from before it wrote OCI layouts, or of a tool
    /// that
    /// writes such archives: `manifest.json` tells.
    static boolean isDockerFile(String name) {
        return !isDocument(name) && DOCKER_FILE.matcher(name).matches();
    }

    /// What a symbolic link in such an archive stands for: a layer that is there already.
    static Optional<String> dockerLink(String target) {
        Matcher matcher = DOCKER_LINK.matcher(target);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
