package io.darsena.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.sbom.FoundPackage;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.PackageListing.Remark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpmDatabaseTest {

    private static final byte[] KEY = RpmFile.named("gpg-pubkey", 0);
    private static final byte[] SMALL = RpmFile.named("small", 0);
    private static final byte[] LARGE = RpmFile.named("large", 3000);
    private static final byte[] HUGE = RpmFile.named("huge", 100_000);

    private static List<String> names(PackageListing listing) {
        return listing.packages().stream().map(FoundPackage::name).toList();
    }

    private static List<String> reasons(PackageListing listing) {
        return listing.remarks().stream().map(Remark::reason).toList();
    }

    private static byte[] changed(byte[] file, Consumer<ByteBuffer> change) {
        byte[] copy = file.clone();
        change.accept(ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN));
        return copy;
    }

    private static PackageListing berkeley(byte[] file) throws IOException {
        return RpmFile.listing(RpmFormat.BERKELEY_DB, file);
    }

    private static PackageListing ndb(byte[] file) throws IOException {
        return RpmFile.listing(RpmFormat.NDB, file);
    }

    @ParameterizedTest
    @CsvSource({
        "LITTLE_ENDIAN, 512, 13",
        "BIG_ENDIAN, 512, 2",
        "LITTLE_ENDIAN, 4096, 2",
        "BIG_ENDIAN, 4096, 13",
        "LITTLE_ENDIAN, 65536, 13"
    })
    void packagesOfBerkeleyDbAreReadInPagesAndBesideThem(String order, int pageSize, int pageType) throws IOException {
        ByteOrder bytes = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        PackageListing found =
                berkeley(BerkeleyFile.of(bytes, pageSize, pageType, SMALL, LARGE, KEY, RpmFile.bash(), HUGE));
        assertThat(names(found)).containsExactly("bash", "huge", "large", "small");
        assertThat(found.remarks()).isEmpty();
        FoundPackage bash = found.packages().getFirst();
        assertThat(bash.version()).isEqualTo("1:5.2.26-3.fc40");
        assertThat(bash.licence()).isEqualTo("GPL-3.0-or-later");
    }

    /// Berkeley DB 5.3 has made them with pages of 512 bytes, of two packages that rpm 4.18 had installed:
    /// `db_load -c db_lorder=1234` and `4321`.
    @ParameterizedTest
    @ValueSource(strings = {"berkeley-little-endian.db", "berkeley-big-endian.db"})
    void whatBerkeleyDbItselfHasMadeIsRead(String name) throws IOException {
        try (InputStream file = RpmDatabaseTest.class.getResourceAsStream(name)) {
            PackageListing found = berkeley(file.readAllBytes());
            assertThat(found.packages().stream()
                            .map(each -> each.name() + " " + each.version() + " " + each.architecture()))
                    .containsExactly("alpha 1.2-3 noarch", "gamma 7:4.5.6~rc1-2.fc40 x86_64");
            assertThat(found.remarks()).isEmpty();
        }
    }

    @Test
    void aChainThatLeadsRoundInACircleIsOneBrokenPackage() throws IOException {
        byte[] file = BerkeleyFile.of(LARGE, SMALL, HUGE);
        // The third overflow page of the first header leads back to its first, the fourth page of all.
        PackageListing found = berkeley(changed(file, bytes -> bytes.putInt((4 + 2) * 512 + 16, 4)));
        assertThat(names(found)).containsExactly("huge", "small");
        assertThat(reasons(found)).containsExactly("1 of its packages are broken");
    }

    @Test
    void twoPackagesDoNotShareAChain() throws IOException {
        byte[] file = BerkeleyFile.of(LARGE, RpmFile.named("other", 3000), SMALL);
        // The second header's item: page 2, its second item, which ends where the key of five bytes begins.
        PackageListing found = berkeley(changed(file, bytes -> bytes.putInt(2 * 512 + 512 - 5 - 12 + 4, 4)));
        assertThat(names(found)).containsExactly("large", "small");
        assertThat(reasons(found)).containsExactly("1 of its packages are broken");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, Integer.MAX_VALUE, 32 << 20, 100_000})
    void aHeaderOfBerkeleyDbIsNoLongerThanItsChain(int length) throws IOException {
        byte[] file = BerkeleyFile.of(SMALL, LARGE);
        PackageListing found = berkeley(changed(file, bytes -> bytes.putInt(2 * 512 + 512 - 5 - 12 + 8, length)));
        assertThat(names(found)).containsExactly("small");
        assertThat(reasons(found)).containsExactly("1 of its packages are broken");
    }

    @Test
    void aPageOfBerkeleyDbWhoseItemsAreTornIsOneBrokenPackage() throws IOException {
        byte[] file = BerkeleyFile.of(SMALL, RpmFile.bash(), LARGE);
        List<Consumer<ByteBuffer>> changes = List.of(
                bytes -> bytes.putShort(2 * 512 + 20, (short) 3),
                bytes -> bytes.putShort(2 * 512 + 20, (short) 0xfffe),
                bytes -> bytes.putShort(2 * 512 + 26, (short) 512),
                bytes -> bytes.putShort(2 * 512 + 26, (short) 1),
                bytes -> bytes.putShort(2 * 512 + 28, (short) 511),
                bytes -> bytes.putShort(2 * 512 + 28, (short) 29),
                bytes -> bytes.putInt(2 * 512 + 8, 7));
        for (Consumer<ByteBuffer> change : changes) {
            PackageListing found = berkeley(changed(file, change));
            assertThat(names(found)).containsExactly("large", "small");
            assertThat(reasons(found)).containsExactly("1 of its packages are broken");
        }
    }

    @Test
    void whatIsLeftOfADatabaseOfBerkeleyDbIsRead() throws IOException {
        byte[] file = BerkeleyFile.of(SMALL, LARGE);
        PackageListing found = berkeley(Arrays.copyOf(file, file.length - 1));
        assertThat(names(found)).containsExactly("small");
        assertThat(reasons(found)).containsExactly("it ends too early");
        for (int length : List.of(0, 511)) {
            assertThat(reasons(berkeley(Arrays.copyOf(file, length)))).containsExactly("it ends too early");
        }
    }

    @Test
    void otherDatabasesOfBerkeleyDbAreSaidNotToBeRead() throws IOException {
        byte[] file = BerkeleyFile.of(SMALL);
        String none = "it is no hash database of Berkeley DB";
        assertThat(reasons(berkeley(changed(file, bytes -> bytes.putInt(12, 0x053162)))))
                .containsExactly(none);
        List<Consumer<ByteBuffer>> changes = List.of(
                bytes -> bytes.putInt(16, 7),
                bytes -> bytes.putInt(16, -1),
                bytes -> bytes.putInt(20, 0),
                bytes -> bytes.putInt(20, 256),
                bytes -> bytes.putInt(20, 1000),
                bytes -> bytes.putInt(20, 128 << 10),
                bytes -> bytes.putInt(20, Integer.MIN_VALUE),
                bytes -> bytes.put(24, (byte) 1),
                bytes -> bytes.put(25, (byte) 9),
                bytes -> bytes.put(26, (byte) 1));
        for (Consumer<ByteBuffer> change : changes) {
            PackageListing found = berkeley(changed(file, change));
            assertThat(found.packages()).isEmpty();
            assertThat(reasons(found))
                    .singleElement()
                    .asString()
                    .startsWith("this kind of a hash database of Berkeley DB is not read: version ");
        }
    }

    @Test
    void packagesOfNdbAreReadByTheirSlots() throws IOException {
        PackageListing found = ndb(NdbFile.of(SMALL, LARGE, KEY, RpmFile.bash(), HUGE));
        assertThat(names(found)).containsExactly("bash", "huge", "large", "small");
        assertThat(found.remarks()).isEmpty();
        assertThat(ndb(NdbFile.of())).isEqualTo(PackageListing.EMPTY);
    }

    @Test
    void aTornBlobOfNdbIsOneBrokenPackage() throws IOException {
        byte[] file = NdbFile.of(SMALL, LARGE, HUGE);
        int slot = NdbFile.slot(2);
        int blob = NdbFile.PAGE + NdbFile.blocks(SMALL) * NdbFile.BLOCK;
        int end = blob + NdbFile.blocks(LARGE) * NdbFile.BLOCK;
        List<Consumer<ByteBuffer>> changes = List.of(
                // The slot: its word, its package, where the blob begins, how many blocks it has.
                bytes -> bytes.putInt(slot, 0),
                bytes -> bytes.putInt(slot + 4, 9),
                bytes -> bytes.putInt(slot + 8, 1),
                bytes -> bytes.putInt(slot + 8, -1),
                bytes -> bytes.putInt(slot + 12, 0),
                bytes -> bytes.putInt(slot + 12, 1),
                bytes -> bytes.putInt(slot + 12, NdbFile.blocks(LARGE) - 1),
                bytes -> bytes.putInt(slot + 12, NdbFile.blocks(LARGE) + NdbFile.blocks(HUGE)),
                bytes -> bytes.putInt(slot + 12, -1),
                // The blob: its word, its package, its time, its length, its header; and what stands behind it.
                bytes -> bytes.put(blob, (byte) 'X'),
                bytes -> bytes.putInt(blob + 4, 9),
                bytes -> bytes.putInt(blob + 8, 0),
                bytes -> bytes.putInt(blob + 12, -1),
                bytes -> bytes.putInt(blob + 12, Integer.MAX_VALUE),
                bytes -> bytes.putInt(blob + 12, LARGE.length + 1),
                bytes -> bytes.put(blob + 500, (byte) 'y'),
                bytes -> bytes.putInt(end - 12, 0),
                bytes -> bytes.putInt(end - 8, 0),
                bytes -> bytes.putInt(end - 4, 0));
        for (Consumer<ByteBuffer> change : changes) {
            PackageListing found = ndb(changed(file, change));
            assertThat(names(found)).containsExactly("huge", "small");
            assertThat(reasons(found)).containsExactly("1 of its packages are broken");
        }
    }

    @Test
    void packagesOfNdbShareNoBlock() throws IOException {
        byte[] file = NdbFile.of(SMALL, LARGE, HUGE);
        // A free slot that says it is the large package too.
        PackageListing found = ndb(changed(file, bytes -> {
            int slot = NdbFile.slot(2);
            bytes.put(NdbFile.slot(20), Arrays.copyOfRange(file, slot, slot + NdbFile.BLOCK));
        }));
        assertThat(names(found)).containsExactly("huge", "large", "small");
        assertThat(reasons(found)).containsExactly("1 of its packages are broken");
    }

    @Test
    void otherFilesThanOfNdbAreSaidNotToBeRead() throws IOException {
        byte[] file = NdbFile.of(SMALL);
        assertThat(reasons(ndb(new byte[0]))).containsExactly("it ends too early");
        assertThat(reasons(ndb(Arrays.copyOf(file, 100)))).containsExactly("it ends too early");
        assertThat(reasons(ndb(changed(file, bytes -> bytes.put(0, (byte) 'r')))))
                .containsExactly("it is no database of the format ndb");
        assertThat(reasons(ndb(changed(file, bytes -> bytes.putInt(4, 1)))))
                .containsExactly("version 1 of the format ndb is not read");
        assertThat(reasons(ndb(changed(file, bytes -> bytes.putInt(12, -1))))).containsExactly("it ends too early");
        // What is left of one that was cut off.
        PackageListing cut = ndb(Arrays.copyOf(NdbFile.of(SMALL, LARGE), NdbFile.PAGE + 1000));
        assertThat(names(cut)).containsExactly("small");
        assertThat(reasons(cut)).containsExactly("1 of its packages are broken");
    }

    @Test
    void moreSlotsThanThereArePackagesAreNotRead() throws IOException {
        int pages = 400;
        ByteBuffer file = ByteBuffer.allocate(pages * NdbFile.PAGE).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < file.capacity(); at += NdbFile.BLOCK) {
            file.put(at, new byte[] {'S', 'l', 'o', 't'}).putInt(at + 4, 1).putInt(at + 8, 1);
        }
        file.put(0, NdbFile.of(), 0, 32).putInt(12, pages);
        assertThat(reasons(ndb(file.array()))).containsExactly("it has more than 100000 packages, or too large ones");
    }
}
