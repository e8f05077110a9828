package io.darsena.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowMemoryTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsRememberedIsThereAtTheNextStart() {
        Path file = folder.resolve("new/darsena/window.properties");
        WindowMemory first = WindowMemory.at(file);
        first.remember("width", 1024.5);
        first.remember("theme", "dark");
        first.save();
        WindowMemory next = WindowMemory.at(file);
        assertThat(next.number("width")).contains(1024.5);
        assertThat(next.text("theme")).contains("dark");
    }

    @Test
    void aDamagedFileIsAsNone() throws IOException {
        Path file = folder.resolve("window.properties");
        Files.writeString(file, "width=\\u12\nheight=NaN\n");
        WindowMemory memory = WindowMemory.at(file);
        assertThat(memory.number("width")).isEmpty();
        assertThat(memory.number("height")).isEmpty();
    }

    @Test
    void whatWasSavedIsNotWrittenAgainBehindThat() throws Exception {
        Path file = folder.resolve("window.properties");
        WindowMemory memory = WindowMemory.at(file);
        for (int i = 0; i < 50; i++) {
            memory.remember("width", i);
            memory.saveSoon();
        }
        memory.save();
        Files.delete(file);
        Thread.sleep(200);
        assertThat(file).doesNotExist();
        memory.remember("width", 49);
        memory.saveSoon();
        Thread.sleep(200);
        assertThat(file).as("nothing has changed").doesNotExist();
    }

    @Test
    void aWordInPlaceOfANumberIsNoNumber() throws IOException {
        Path file = folder.resolve("window.properties");
        Files.writeString(file, "width=wide\nheight=Infinity\n");
        WindowMemory memory = WindowMemory.at(file);
        assertThat(memory.number("width")).isEmpty();
        assertThat(memory.number("height")).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenDoesNotStopTheWindow() throws IOException {
        Path blocking = Files.writeString(folder.resolve("file"), "");
        WindowMemory memory = WindowMemory.at(blocking.resolve("window.properties"));
        memory.remember("theme", "dark");
        memory.save();
        assertThat(memory.text("theme")).contains("dark");
    }

    @Test
    void whatIsLeftIsWrittenWhenItIsClosedAndNothingAfterwards() throws Exception {
        Path file = folder.resolve("window.properties");
        WindowMemory memory = WindowMemory.at(file);
        memory.remember("theme", "dark");
        memory.close();
        assertThat(WindowMemory.at(file).text("theme")).contains("dark");
        Files.delete(file);
        memory.remember("theme", "light");
        memory.save();
        assertThat(file).doesNotExist();
    }

    @Test
    void windowsWithRootsOfTheirOwnShareNothing() {
        WindowMemory one = WindowMemory.below(folder.resolve("one"));
        one.remember("theme", "dark");
        one.save();
        assertThat(folder.resolve("one/state/window.properties")).exists();
        assertThat(WindowMemory.below(folder.resolve("two")).text("theme")).isEmpty();
        assertThat(WindowMemory.below(folder.resolve("one")).text("theme")).contains("dark");
    }
}
