package io.darsena.bridge.image;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A name of an image: `registry/repository:tag` or `registry/repository@digest`, or both, as the field
/// knows it:
/// `busybox` means `docker.io/library/busybox:latest` (grammar: distribution/reference).
///
/// @param registry host with optional port, as `docker.io`
/// @param repository path, as `library/busybox`
public record ImageReference(String registry, String repository, Optional<String> tag, Optional<Digest> digest)
        implements Comparable<ImageReference> {

    public static final String DEFAULT_REGISTRY = "docker.io";

    private static final String DEFAULT_NAMESPACE = "library/";
    private static final String DEFAULT_TAG = "latest";
    private static final int LONGEST_NAME = 255;
    private static final String TLS_PORT = ":443";
    private static final Set<String> HUB_NAMES =
            Set.of("index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    /// A name, a tag and a digest. Checked before any pattern is: long texts would exhaust the stack in them.
    private static final int LONGEST_TEXT = 512;

    private static final Pattern REGISTRY = Pattern.compile(
            "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]+)?"
                    + "|\\[[a-fA-F0-9:]+](?::[0-9]+)?");
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    /// `docker.io/busybox` is `docker.io/library/busybox`; and a registry has one spelling: `GHCR.io:443` is
    /// `ghcr.io`, `index.docker.io` is `docker.io`.
    public ImageReference {
        requireShort(registry, repository);
        require(REGISTRY.matcher(registry).matches(), "registry", registry);
        registry = canonical(registry);
        if (registry.equals(DEFAULT_REGISTRY) && repository.indexOf('/') < 0) {
            repository = DEFAULT_NAMESPACE + repository;
        }
        requireShort(registry, repository);
        require(REPOSITORY.matcher(repository).matches(), "repository", repository);
        tag.ifPresent(given -> require(TAG.matcher(given).matches(), "tag", given));
        require(tag.isPresent() || digest.isPresent(), "reference without tag and digest", repository);
    }

    /// Host names know no capitals, and TLS is at its port unless told otherwise. This machine's loopback is
    /// spoken to by plain HTTP too, and keeps the port. A host of one word is told from a repository's first
    /// part by its port.
    private static String canonical(String registry) {
        String name = registry.toLowerCase(Locale.ROOT).replaceFirst(":0+(?=[0-9]+$)", ":");
        boolean telling = name.startsWith("[") ? !name.startsWith("[::1]") : name.indexOf('.') >= 0;
        if (telling && name.endsWith(TLS_PORT) && !name.startsWith("127.")) {
            name = name.substring(0, name.length() - TLS_PORT.length());
        }
        if (HUB_NAMES.contains(name)) {
            return DEFAULT_REGISTRY;
        }
        return name.equals(registry) || isRegistry(name) ? name : name.concat(TLS_PORT);
    }

    private static void requireShort(String registry, String repository) {
        require(registry.length() + 1 + repository.length() <= LONGEST_NAME, "name (longer than 255)", "…");
    }

    private static void require(boolean valid, String what, String given) {
        if (!valid) {
            throw new IllegalArgumentException("not a valid image " + what + ": '" + given + "'");
        }
    }

    /// Reads the familiar or the full form.
    ///
    /// @throws IllegalArgumentException when it is no reference; a bare 64-digit id is none
    public static ImageReference parse(String text) {
        require(text.length() <= LONGEST_TEXT, "reference (longer than " + LONGEST_TEXT + ")", "…");
        require(!text.isEmpty() && !text.matches("[0-9a-f]{64}"), "reference", text);
        String rest = text;
        Optional<Digest> digest = Optional.empty();
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(Digest.parse(rest.substring(at + 1)));
            rest = rest.substring(0, at);
        }
        Optional<String> tag = Optional.empty();
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = Optional.of(rest.substring(colon + 1));
            rest = rest.substring(0, colon);
        }
        String registry = DEFAULT_REGISTRY;
        Matcher first = Pattern.compile("([^/]+)/(.+)").matcher(rest);
        if (first.matches() && isRegistry(first.group(1))) {
            registry = first.group(1);
            rest = first.group(2);
        }
        if (tag.isEmpty() && digest.isEmpty()) {
            tag = Optional.of(DEFAULT_TAG);
        }
        return new ImageReference(registry, rest, tag, digest);
    }

    /// Whether a name's first part is a registry, and not the beginning of a repository of Docker Hub.
    public static boolean isRegistry(String component) {
        return component.indexOf('.') >= 0
                || component.indexOf(':') >= 0
                || component.equals("localhost")
                || !component.equals(component.toLowerCase(Locale.ROOT));
    }

    /// Its repository's name with another digest, and no tag.
    public ImageReference at(Digest other) {
        return new ImageReference(registry, repository, Optional.empty(), Optional.of(other));
    }

    public boolean sharesRepositoryWith(ImageReference other) {
        return registry.equals(other.registry) && repository.equals(other.repository);
    }

    /// @throws java.util.NoSuchElementException when it has no digest
    public ImageReference withoutTag() {
        return at(digest.orElseThrow());
    }

    /// Short as people write it: without the default registry and its `library/`.
    public String familiar() {
        return path(familiarRepository());
    }

    /// The familiar name without tag and digest; `parse` takes it for the same repository.
    public String familiarRepository() {
        String full = registry + "/" + repository;
        if (!registry.equals(DEFAULT_REGISTRY)) {
            return full;
        }
        String first = repository.substring(0, repository.indexOf('/'));
        String rest = repository.substring(first.length() + 1);
        if (DEFAULT_NAMESPACE.startsWith(first + "/") && rest.indexOf('/') < 0) {
            return rest;
        }
        return isRegistry(first) ? full : repository;
    }

    private String path(String name) {
        return name
                + tag.map(given -> ":" + given).orElse("")
                + digest.map(given -> "@" + given).orElse("");
    }

    @Override
    public int compareTo(ImageReference other) {
        return toString().compareTo(other.toString());
    }

    /// The full form; `parse` reads it back to an equal value.
    @Override
    public String toString() {
        return path(registry + "/" + repository);
    }
}
