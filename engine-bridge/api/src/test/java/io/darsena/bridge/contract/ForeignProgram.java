package io.darsena.bridge.contract;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/// Programs of others that tests need. `./darsena test` sees to it that they are there and names them in
/// `darsena.test.programs`: one that is named there and missing fails the test; where nobody has promised it, the
/// test is
/// skipped.
public final class ForeignProgram {

    private static final String PROMISED = System.getProperty("darsena.test.programs", "");

    private ForeignProgram() {}

    /// @param name as a command's
    public static void require(String name, boolean there) {
        require(PROMISED, name, there);
    }

    static void require(String promised, String name, boolean there) {
        if (!there && List.of(promised.split(",")).contains(name)) {
            fail("./darsena test has seen to it that " + name + " is there, and it is not");
        }
        assumeTrue(there, name + " is not installed");
    }
}
