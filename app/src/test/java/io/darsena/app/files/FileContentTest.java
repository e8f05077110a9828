package io.darsena.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        assertThat(charset(FileContent.of(cut, false))).isEqualTo("UTF-8");
        assertThat(charset(FileContent.of(cut, true)))
                .as("no UTF-8 that is whole")
                .isEqualTo("ISO-8859-1");
    }

    private static String charset(FileContent content) {
        return ((FileContent.Text) content).charset().name();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252"})
    void aTextIsReadInTheEncodingItIsIn(String name) {
        String text = "Già alle “otto”,\nè così.\n".replaceAll(name.startsWith("ISO") ? "[“”]" : "$^", "'");
        String mark = name.startsWith("UTF-16") ? "\ufeff" : "";
        FileContent content = FileContent.of((mark + text).getBytes(Charset.forName(name)), true);
        assertThat(charset(content)).isEqualTo(name);
        assertThat(String.join("\n", texts(content)) + "\n").isEqualTo(text);
    }

    @Test
    void bytesOfAProgramAreNoTextOfAnyEncoding() {
        byte[] program = new byte[256];
        for (int at = 0; at < program.length; at++) {
            program[at] = (byte) at;
        }
        assertThat(FileContent.of(program, true)).isInstanceOf(FileContent.Hex.class);
        assertThat(FileContent.of(Arrays.copyOfRange(program, 0x90, 0x100), true))
                .isInstanceOf(FileContent.Hex.class);
    }

    @Test
    void aTextAndAPictureCanBeLookedAtAsBytes() throws Exception {
        FilePart text = new FilePart("some text".getBytes(StandardCharsets.UTF_8), FilePart.Start.OF_FILE, true);
        assertThat(text.looks()).containsExactly(Look.TEXT, Look.BYTES);
        assertThat(texts(text.as(Look.BYTES)).getFirst())
                .startsWith("73 6f 6d 65")
                .endsWith("some text");
        FilePart picture = new FilePart(picture("png", 12, 8), FilePart.Start.OF_FILE, true);
        assertThat(picture.looks()).containsExactly(Look.PICTURE, Look.BYTES);
        assertThat(picture.guess()).isEqualTo(Look.PICTURE);
        assertThat(texts(picture.as(Look.BYTES)).getFirst()).endsWith(".PNG........IHDR");
    }

    @Test
    void thePartsOfALargeTextGoOnWithTheirNumbersAndLetters() {
        byte[] all = "one\ntwo\nthe città\nfour".getBytes(StandardCharsets.UTF_8);
        int cut = all.length - 6;
        FilePart first = new FilePart(Arrays.copyOf(all, cut), FilePart.Start.OF_FILE, false);
        FilePart second = new FilePart(Arrays.copyOfRange(all, cut, all.length), first.next(), true);
        assertThat(texts(first.as(Look.TEXT))).containsExactly("one", "two", "the citt");
        assertThat(first.isWhole() || second.isWhole()).isFalse();
        assertThat(second.start().offset()).isEqualTo(cut);
        assertThat(second.as(Look.TEXT).lines()).containsExactly(new FileLine("  3", ""), new FileLine("  4", "four"));
        assertThat(second.as(Look.BYTES).lines().getFirst().label()).isEqualTo("00000011");
    }

    private static List<Integer> begins(FileContent content, String sought, boolean minding) {
        List<Integer> lines = new ArrayList<>();
        content.lines().begins(sought, minding, lines::add);
        return lines;
    }

    @Test
    void wordsAreFoundWhereALineOfBytesEnds() {
        FilePart part =
                new FilePart("0123456789abcdWords of".getBytes(StandardCharsets.UTF_8), FilePart.Start.OF_FILE, true);
        assertThat(begins(part.as(Look.BYTES), "words", false)).containsExactly(0);
        assertThat(begins(part.as(Look.BYTES), "words", true)).isEmpty();
        assertThat(begins(part.as(Look.BYTES), "64 57 6F72", true)).containsExactly(0);
    }

    @Test
    void wordsAreFoundWhereALongLineIsCut() {
        String line = "x".repeat(TextLines.LONGEST - 3) + "Darsena";
        assertThat(begins(of("first\n" + line), "darsena", false)).containsExactly(1);
        assertThat(begins(of("first\n" + line), "darsena", true)).isEmpty();
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
