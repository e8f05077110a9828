package io.darsena.docker.client;

import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.Packages;
import io.darsena.bridge.sbom.SbomFormat;
import io.darsena.docker.wire.BridgeJson;
import java.io.InputStream;

/// The packages that an engine in another process finds.
final class RemotePackages implements Packages {

    private final EngineCalls calls;

    RemotePackages(EngineCalls calls) {
        this.calls = calls;
    }

    @Override
    public PackageListing list(TreeSource source) {
        return calls.get(RemoteLayers.target(source, "/packages"), text -> BridgeJson.read(PackageListing.class, text));
    }

    @Override
    public InputStream document(TreeSource source, SbomFormat format) {
        return AnswerStream.of(calls, RemoteLayers.target(source, "/sbom") + "&format=" + format.word());
    }
}
