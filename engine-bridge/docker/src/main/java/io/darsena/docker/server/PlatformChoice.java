package io.darsena.docker.server;

import io.darsena.bridge.image.Image;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpRequest;
import io.darsena.docker.wire.AskedPlatforms;
import io.darsena.docker.wire.PlatformWord;
import java.util.List;
import java.util.stream.Stream;

/// `platform` and `platforms` of requests about images that are here. Each is of one platform: what of others is
/// kept beside it cannot be chosen, and a request that would be done to the whole instead is refused.
final class PlatformChoice {

    private PlatformChoice() {}

    /// @param doing what was asked for, as `saving`
    static void refuse(HttpRequest request, String doing) {
        if (!asked(request).isEmpty()) {
            throw new HttpException(501, unserved(doing));
        }
    }

    /// @param doing what was asked for, as `inspecting`
    /// @throws IllegalArgumentException when what was given is no platform
    static void requireOwn(HttpRequest request, String doing, Image image) {
        for (String wanted : AskedPlatforms.parse(asked(request))) {
            if (!PlatformWord.fits(wanted, image.platform())) {
                throw new HttpException(
                        501, unserved(doing) + ", but for its own, " + image.platform() + "; asked for was " + wanted);
            }
        }
    }

    private static String unserved(String doing) {
        return doing + " one platform of an image (--platform): not supported by this version of Darsena";
    }

    private static List<String> asked(HttpRequest request) {
        return Stream.of("platform", "platforms")
                .flatMap(name -> request.parameters(name).stream())
                .toList();
    }
}
