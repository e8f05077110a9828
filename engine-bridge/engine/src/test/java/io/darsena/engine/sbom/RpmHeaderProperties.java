package io.darsena.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class RpmHeaderProperties {

    @Property(tries = 300)
    void aHeaderOfAnyBytesIsReadOrRefused(@ForAll @Size(max = 200) byte[] bytes, @ForAll byte entries) {
        byte[] likely = RpmFile.bash();
        for (int i = 0; i < bytes.length; i++) {
            likely[Math.floorMod(i * 37 + entries, likely.length)] ^= bytes[i];
        }
        for (byte[] header : List.of(bytes, likely)) {
            try {
                RpmHeader read = new RpmHeader(header);
                read.text(1000);
                read.numbers(1116, 1000);
                read.texts(1117, 1000);
            } catch (MalformedRecordException refused) {
                assertThat(refused).hasMessageContaining("header");
            }
        }
    }
}
