package io.darsena.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.sbom.PackageListing;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Whatever becomes of a database: it ends in no more packages than it had, and in one remark at most.
class RpmDatabaseProperties {

    private static final byte[][] HEADERS = {RpmFile.bash(), RpmFile.named("large", 3000), RpmFile.named("small", 0)};
    private static final byte[] NDB = NdbFile.of(HEADERS);
    private static final byte[] LITTLE = BerkeleyFile.of(ByteOrder.LITTLE_ENDIAN, 512, BerkeleyFile.SORTED, HEADERS);
    private static final byte[] BIG = BerkeleyFile.of(ByteOrder.BIG_ENDIAN, 512, BerkeleyFile.UNSORTED, HEADERS);

    private static void check(RpmFormat format, byte[] file) throws IOException {
        PackageListing found = RpmFile.listing(format, file);
        assertThat(found.packages()).hasSizeLessThanOrEqualTo(HEADERS.length);
        assertThat(found.remarks()).hasSizeLessThanOrEqualTo(1);
    }

    @Property(tries = 200)
    void aFileOfAnyBytesIsReadOrRemarkedOn(@ForAll @Size(max = 2000) byte[] bytes) throws IOException {
        check(RpmFormat.NDB, bytes);
        check(RpmFormat.BERKELEY_DB, bytes);
        check(RpmFormat.NDB, over(NDB, bytes));
        check(RpmFormat.BERKELEY_DB, over(LITTLE, bytes));
    }

    /// Behind what says of what kind the file is.
    private static byte[] over(byte[] file, byte[] bytes) {
        byte[] changed = file.clone();
        System.arraycopy(bytes, 0, changed, 512, bytes.length);
        return changed;
    }

    @Property(tries = 500)
    void aFileOfWhichAFewBytesAreWrongIsReadOrRemarkedOn(
            @ForAll @Size(min = 1, max = 8) int[] places, @ForAll byte flip) throws IOException {
        check(RpmFormat.NDB, flipped(NDB, places, flip));
        check(RpmFormat.BERKELEY_DB, flipped(LITTLE, places, flip));
        check(RpmFormat.BERKELEY_DB, flipped(BIG, places, flip));
    }

    private static byte[] flipped(byte[] file, int[] places, byte flip) {
        byte[] changed = file.clone();
        for (int place : places) {
            changed[Math.floorMod(place, file.length)] ^= (byte) (flip | 1);
        }
        return changed;
    }

    @Property(tries = 200)
    void aFileThatIsCutOffIsReadAsFarAsItGoes(@ForAll @IntRange(max = 9000) int length) throws IOException {
        check(RpmFormat.NDB, Arrays.copyOf(NDB, Math.min(length, NDB.length)));
        check(RpmFormat.BERKELEY_DB, Arrays.copyOf(LITTLE, Math.min(length, LITTLE.length)));
        check(RpmFormat.BERKELEY_DB, Arrays.copyOf(BIG, Math.min(length, BIG.length)));
    }
}
