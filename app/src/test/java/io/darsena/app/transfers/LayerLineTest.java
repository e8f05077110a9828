package io.darsena.app.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.session.TransferJob;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.registry.ImageTransfer.Blob;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// One layer on its way, as it is read aloud.
class LayerLineTest {

    private static final Digest LAYER = new Digest("1".repeat(64));
    private static final long SIZE = 50_000_000;

    private final LayerLine line =
            ToolkitStart.onFxThread(() -> new LayerLine(Messages.in(Locale.ENGLISH), TransferJob.Direction.PULL));

    private String shown(BlobStage stage, long done) {
        return ToolkitStart.onFxThread(() -> {
            line.show(new Blob(LAYER, stage, done, SIZE));
            return String.valueOf(line.getAccessibleText());
        });
    }

    @Test
    void aLayerThatComesTellsItsRateAndTheTimeItTakesYet() throws InterruptedException {
        assertThat(shown(BlobStage.DOWNLOADING, 0)).contains("Downloading").doesNotContain("/s");
        Thread.sleep(400);
        assertThat(shown(BlobStage.DOWNLOADING, 1_000_000)).contains("/s", " left");
        assertThat(shown(BlobStage.UNPACKING, SIZE)).contains("Unpacking").doesNotContain("/s");
        assertThat(shown(BlobStage.VERIFYING, SIZE)).contains("Verifying").doesNotContain("/s");
    }
}
