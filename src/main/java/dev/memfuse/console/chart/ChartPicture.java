package dev.memfuse.console.chart;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.paint.Paint;

import dev.memfuse.file.PrivateFiles;

/// A picture of a node. Taken on the FX thread, written on another thread.
public final class ChartPicture {
    private final BufferedImage image;

    private ChartPicture(BufferedImage image) {
        this.image = image;
    }

    /// Takes a picture of a node. FX thread only.
    public static ChartPicture of(Node node) {
        SnapshotParameters parameters = new SnapshotParameters();
        if (node.getScene() != null) {
            parameters.setFill(background(node.getScene()));
        }
        WritableImage taken = node.snapshot(parameters, null);
        return new ChartPicture(SwingFXUtils.fromFXImage(taken, null));
    }

    /// Returns the colour of the theme behind the nodes of a scene.
    private static Paint background(Scene scene) {
        return scene.getRoot() instanceof Region root && root.getBackground() != null
                && !root.getBackground().getFills().isEmpty()
                        ? root.getBackground().getFills().getLast().getFill()
                        : scene.getFill();
    }

    /// Writes the picture as PNG. Blocks on disk I/O.
    ///
    /// @throws IOException when the file cannot be written
    public void write(Path file) throws IOException {
        try (var out = PrivateFiles.newOutputStream(file)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("This Java runtime has no PNG writer");
            }
        }
    }
}
