package io.darsena.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentTest {

    private static FileContent of(String text) {
        return FileContent.of(text.getBytes(StandardCharsets.UTF_8), true);
    }

    private static List<String> texts(FileContent content) {
        return content.lines().stream().map(FileLine::text).toList();
    }

    private static byte[] picture(String format, int width, int height) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    @Test
    void textIsLinesWithNumbers() {
        FileContent.Text text = (FileContent.Text) of("one\ntwo\r\n\nfour");
        assertThat(text.count()).isEqualTo(4);
        assertThat(texts(text)).containsExactly("one", "two", "", "four");
        assertThat(text.lines()).extracting(FileLine::label).containsExactly("  1", "  2", "  3", "  4");
    }

    @Test
    void nothingIsATextWithoutLines() {
        assertThat(((FileContent.Text) of("")).count()).isZero();
        assertThat(of("").lines()).isEmpty();
    }

    @Test
    void whatWouldBreakOrTurnALineIsAnEscape() {
        assertThat(texts(of("a\tb\u001b[31m" + Character.toString(0x202e) + "c")))
                .containsExactly("a       b\\x1b[31m\\u202ec");
    }

    @Test
    void aLongLineGoesOnInTheNextOneWithoutANumber() {
        FileContent.Text text = (FileContent.Text) of("x".repeat(TextLines.LONGEST + 5) + "\ny");
        assertThat(text.count()).isEqualTo(2);
        assertThat(text.lines()).extracting(FileLine::label).containsExactly("  1", "   ", "  2");
        assertThat(texts(text).get(1)).isEqualTo("xxxxx");
    }

    @Test
    void noCharacterOfTwoHalvesIsCutThrough() {
        String line = "x".repeat(TextLines.LONGEST - 1) + "🚢";
        assertThat(texts(of(line))).containsExactly("x".repeat(TextLines.LONGEST - 1), "🚢");
    }

    @Test
    void aByteOfZeroOrNoUtf8IsShownAsBytes() {
        assertThat(of("a\0b")).isInstanceOf(FileContent.Hex.class);
        FileContent hex = FileContent.of(new byte[] {'A', (byte) 0xff, 'C'}, true);
        assertThat(hex).isInstanceOf(FileContent.Hex.class);
        assertThat(hex.lines().getFirst().label()).isEqualTo("00000000");
        assertThat(hex.lines().getFirst().text()).startsWith("41 ff 43 ").endsWith(" A.C");
    }

    @Test
    void bytesAreSixteenALine() {
        byte[] bytes = new byte[40];
        FileContent hex = FileContent.of(bytes, true);
        assertThat(hex.lines()).hasSize(3);
        assertThat(hex.lines().get(2).label()).isEqualTo("00000020");
        assertThat(hex.lines().getFirst().text().indexOf("...."))
                .isEqualTo(hex.lines().get(2).text().indexOf("...."));
    }

    @Test
    void aCharacterThatIsCutOffAtTheEndIsStillText() {
        byte[] whole = "caffè".getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        assertThat(FileContent.of(cut, false)).isInstanceOf(FileContent.Text.class);
        assertThat(FileContent.of(cut, true)).isInstanceOf(FileContent.Hex.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void picturesSayHowLargeTheyAre(String format) throws Exception {
        FileContent content = FileContent.of(picture(format, 120, 80), true);
        assertThat(content).isInstanceOf(FileContent.Picture.class);
        PictureSize size = ((FileContent.Picture) content).size();
        assertThat(size.width()).isEqualTo(120);
        assertThat(size.height()).isEqualTo(80);
    }

    @Test
    void aPictureThatWouldFillTheMemoryIsShownAsBytes() throws Exception {
        byte[] bytes = picture("png", 10, 10);
        Arrays.fill(bytes, 16, 24, (byte) 0x7f);
        assertThat(FileContent.of(bytes, true)).isInstanceOf(FileContent.Hex.class);
    }

    @Test
    void halfAPictureIsShownAsBytes() throws Exception {
        assertThat(FileContent.of(picture("png", 10, 10), false)).isInstanceOf(FileContent.Hex.class);
    }
}
