package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import dev.memfuse.file.FileFailures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngFileTest {
    private final BufferedImage image = new BufferedImage(200, 100, BufferedImage.TYPE_INT_ARGB);

    @Test
    void aPictureThatFillsTheDiskSaysSo() {
        IOException full = assertThrows(IOException.class, () -> PngFile.write(image, Path.of("/dev/full")));

        assertEquals("No space left on device", FileFailures.reason(full));
    }

    @Test
    void aPictureComesBack(@TempDir Path folder) throws IOException {
        Path file = PngFile.write(image, folder.resolve("a.png"));

        assertEquals(200, ImageIO.read(file.toFile()).getWidth());
    }
}
