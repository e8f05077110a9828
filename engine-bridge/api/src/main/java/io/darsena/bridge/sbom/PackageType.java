package io.darsena.bridge.sbom;

import java.util.Locale;

/// Whose record names a package, as package URLs call it (purl-spec, types).
public enum PackageType {
    /// The database of dpkg.
    DEB,
    /// The database of apk.
    APK,
    /// The database of RPM.
    RPM,
    /// A Java archive.
    MAVEN,
    /// A module of Node.js.
    NPM,
    /// A distribution of Python.
    PYPI;

    /// As in `pkg:deb/…`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
