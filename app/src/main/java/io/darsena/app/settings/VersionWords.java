package io.darsena.app.settings;

import io.darsena.app.text.Messages;

/// The version of an engine, as a person quotes it.
final class VersionWords {

    /// How Maven marks what comes before the version of that number.
    private static final String UNRELEASED = "-SNAPSHOT";

    private VersionWords() {}

    static String of(Messages messages, String version) {
        return version.endsWith(UNRELEASED)
                ? messages.text(
                        "settings.version.development", version.substring(0, version.length() - UNRELEASED.length()))
                : version;
    }
}
