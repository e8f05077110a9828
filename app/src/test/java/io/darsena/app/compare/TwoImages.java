package io.darsena.app.compare;

import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import java.util.List;
import java.util.Map;

/// An image and what has become of it, on one base.
public final class TwoImages {

    public static final String OLD = "acme/site:1.3";
    public static final String NEW = "acme/site:1.4";

    private static final FakeLayer BASE = FakeLayer.of(
            "/bin/sh -c #(nop) ADD file:9f in / ",
            "d etc",
            "f 900 etc/passwd",
            "f 286 etc/motd",
            "f 90000000 usr/bin/all",
            "l bin usr/bin");

    private TwoImages() {}

    private static ImageConfig config(String version, String user) {
        return new ImageConfig(
                List.of("/entry"),
                List.of("site"),
                List.of("PATH=/usr/bin", "VERSION=" + version),
                "/srv",
                user,
                "",
                List.of("80/tcp"),
                List.of(),
                Map.of());
    }

    public static ImageId addOld(FakeEngine engine) {
        return engine.addImage(
                OLD,
                config("1.3", ""),
                List.of(
                        BASE,
                        FakeLayer.of("COPY site /srv/", "f 2000 srv/index.html", "f 500 srv/old.css", "f 7 srv/same")));
    }

    public static ImageId addNew(FakeEngine engine) {
        return engine.addImage(
                NEW,
                config("1.4", "www"),
                List.of(
                        BASE,
                        FakeLayer.of("RUN rm /etc/motd", "w etc/motd"),
                        FakeLayer.of("COPY site /srv/", "f 2600 srv/index.html", "f 900 srv/new.css", "f 7 srv/same")));
    }
}
