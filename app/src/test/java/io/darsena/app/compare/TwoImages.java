package io.darsena.app.compare;

import io.darsena.bridge.Engine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /// The old one is here; its registry has the new one under the same name, and that is known.
    public static ImageId addOldWithUpdate(FakeEngine engine) {
        ImageId old = addOld(engine);
        addNew(engine);
        addUpdate(engine);
        return old;
    }

    /// Both are here: moves the new one to its registry, under the name of the old one.
    public static void addUpdate(FakeEngine engine) {
        ImageReference name = ImageReference.parse(OLD);
        Engine here = engine;
        for (String each : List.of(OLD, NEW)) {
            here.registries().push(ImageReference.parse(each), Optional.empty(), progress -> {});
        }
        engine.registries().move(ImageReference.parse(NEW), name);
        here.images().remove(here.images().find(NEW).orElseThrow().id());
        here.sync().check(name);
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
