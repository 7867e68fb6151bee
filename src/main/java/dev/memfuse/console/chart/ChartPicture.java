package dev.memfuse.console.chart;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.paint.Paint;
import javafx.scene.transform.Transform;

/// A picture of a node. Taken on the FX thread, written on another thread.
public final class ChartPicture {
    /// Pixels for each unit, so that a picture is sharp in a document and on a screen of double density.
    static final int SCALE = 2;

    private final BufferedImage image;

    private ChartPicture(BufferedImage image) {
        this.image = image;
    }

    /// Takes a picture of a node, with [#SCALE] pixels for each unit of it in both directions. FX thread only.
    public static ChartPicture of(Node node) {
        return new ChartPicture(SwingFXUtils.fromFXImage(snapshot(node), null));
    }

    static WritableImage snapshot(Node node) {
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(SCALE, SCALE));
        if (node.getScene() != null) {
            parameters.setFill(background(node.getScene()));
        }
        return node.snapshot(parameters, null);
    }

    /// Returns the colour of the theme behind the nodes of a scene.
    private static Paint background(Scene scene) {
        return scene.getRoot() instanceof Region root && root.getBackground() != null
                && !root.getBackground().getFills().isEmpty()
                        ? root.getBackground().getFills().getLast().getFill()
                        : scene.getFill();
    }

    /// Returns the width in pixels.
    int width() {
        return image.getWidth();
    }

    /// Writes the picture as PNG, completely or not at all. Blocks on disk I/O.
    ///
    /// @throws IOException when the file cannot be written
    public void write(Path file) throws IOException {
        Path _ = PngFile.write(image, file);
    }
}
