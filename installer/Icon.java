import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Draws Darsena's icon, a dock with containers on the water, as a PNG of 512 pixels: `java Icon.java FILE`.
final class Icon {

    private static final int SIZE = 512;

    public static void main(String[] arguments) throws Exception {
        var image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.scale(SIZE / 256.0, SIZE / 256.0);
        block(g, 8, 8, 240, 52, 0x0f3d5c);
        block(g, 62, 112, 40, 8, 0xf4b942);
        block(g, 108, 112, 40, 8, 0xe8eef2);
        block(g, 154, 112, 40, 8, 0x5cc98a);
        block(g, 85, 66, 40, 8, 0xe8eef2);
        block(g, 131, 66, 40, 8, 0xf4b942);
        var water = new Path2D.Double();
        water.moveTo(40, 176);
        for (int x = 40; x < 216; x += 44) {
            water.curveTo(x + 15, 176, x + 29, 190, x + 44, x / 44 % 2 == 0 ? 190 : 176);
        }
        water.lineTo(216, 222);
        water.quadTo(216, 234, 204, 234);
        water.lineTo(52, 234);
        water.quadTo(40, 234, 40, 222);
        water.closePath();
        g.setColor(new Color(0x2b8fc4));
        g.fill(water);
        g.dispose();
        ImageIO.write(image, "png", Path.of(arguments[0]).toFile());
    }

    private static void block(Graphics2D g, double x, double y, double size, double corner, int colour) {
        g.setColor(new Color(colour));
        g.fill(new RoundRectangle2D.Double(x, y, size, size, corner, corner));
    }
}
