package io.darsena.bridge.contract;

import java.time.Duration;

/// How long tests wait for what must come: longer by the factor `darsena.test.slowness`, which is for machines that are
/// emulated.
public final class Patience {

    private static final int SLOWNESS = Integer.getInteger("darsena.test.slowness", 1);

    private Patience() {}

    public static Duration ofSeconds(int usual) {
        return Duration.ofSeconds(usual).multipliedBy(SLOWNESS);
    }

    public static Duration ofMillis(int usual) {
        return Duration.ofMillis(usual).multipliedBy(SLOWNESS);
    }
}
