package io.darsena.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A file that is larger than what is read at once.
@Timeout(60)
class FileViewModelTest {

    private static final String LINE = "0123456789abcde\n";

    private final FakeEngine fake = new FakeEngine();
    private final ImageId image = fake.addImage(
            "acme/large:1",
            FakeEngine.STARTER_CONFIG,
            List.of(FakeLayer.of("ADD", "t log " + LINE.repeat(FileViewModel.MOST / LINE.length()) + "the last line")));
    private final WindowSession window = new WindowSession(fake);
    private final FileViewModel model = window.doing(() ->
            new FileViewModel(window.commands(), window.pump(), new TreeSource.OfImage(image, 1), FilePath.of("log")));

    @AfterEach
    void close() {
        window.close();
    }

    private void act(Runnable action) {
        window.doing(() -> {
            action.run();
            return true;
        });
        window.until(() -> model.reading().get().isPresent());
    }

    private FileViewModel.Reading read() {
        return window.doing(() -> model.reading().get().orElseThrow());
    }

    @Test
    void thereIsAWayToItsEndAndBack() {
        act(model::open);
        assertThat(read().part().isLast()).isFalse();
        assertThat(model.hasPartBefore()).isFalse();
        act(model::nextPart);
        assertThat(read().part().isLast()).isTrue();
        assertThat(read().content().lines()).containsExactly(new FileLine("524289", "the last line"));
        act(() -> model.lookAs(Look.BYTES));
        assertThat(read().content().lines().getFirst().label()).isEqualTo("00800000");
        act(model::nextPart);
        assertThat(read().part().start().offset()).as("there is no more").isEqualTo(FileViewModel.MOST);
        act(model::previousPart);
        assertThat(read().content().lines().getFirst().label())
                .as("what was chosen stays")
                .isEqualTo("00000000");
        assertThat(model.hasPartBefore()).isFalse();
    }

    @Test
    void whatIsSoughtIsSoughtInEachPart() {
        act(model::open);
        act(() -> model.words().set("the last"));
        window.until(() -> model.sought().get());
        assertThat(model.count().get()).isZero();
        act(model::nextPart);
        window.until(() -> model.sought().get() && model.count().get() == 1);
    }

    @Test
    void whatGoesAcrossTwoLinesOfBytesIsFound() {
        act(model::open);
        act(model::nextPart);
        act(() -> model.lookAs(Look.BYTES));
        act(() -> model.words().set("30 31"));
        window.until(() -> model.sought().get());
        assertThat(model.count().get()).isZero();
        act(() -> model.words().set("6c 69 6e 65"));
        window.until(() -> model.count().get() == 1);
        assertThat(model.isFound(0)).isTrue();
    }
}
