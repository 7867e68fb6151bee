package dev.memfuse.console.chart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import dev.memfuse.file.PrivateFiles;

/// Writes pictures as PNG.
public final class PngFile {
    private PngFile() {}

    /// Writes a picture, completely or not at all. Blocks on disk I/O.
    ///
    /// @throws IOException when the file cannot be written, with the reason of the system
    public static Path write(BufferedImage image, Path file) throws IOException {
        // The writer of pictures hides why a file cannot be written.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", bytes)) {
            throw new IOException("This Java runtime has no PNG writer");
        }
        return PrivateFiles.replace(file, bytes::writeTo);
    }
}
