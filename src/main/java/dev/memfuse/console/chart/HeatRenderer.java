package dev.memfuse.console.chart;

import java.util.Arrays;
import java.util.List;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

import dev.memfuse.console.chart.data.HeatGrid;
import io.fair_acc.chartfx.renderer.spi.AbstractRendererXY;
import io.fair_acc.chartfx.ui.css.DataSetNode;
import io.fair_acc.dataset.DataSet;
import org.jspecify.annotations.Nullable;

/// Draws a [HeatGrid] as one image of a pixel for each cell, stretched over the plot: thousands of rectangles would
/// saturate software rendering. ChartFX's contour renderer draws over a grid of equal steps in both directions and has
/// no logarithmic axis of counts.
final class HeatRenderer extends AbstractRendererXY<HeatRenderer> {
    /// Steps between the first and the last colour.
    private static final int SHADES = 64;

    private final HeatGrid grid;
    private final int[] shades = new int[SHADES];
    private @Nullable WritableImage image;
    private int[] pixels = new int[0];

    HeatRenderer(HeatGrid grid) {
        this.grid = grid;
    }

    @Override
    protected HeatRenderer getThis() {
        return this;
    }

    /// Sets the colours, from the rarest to the most frequent.
    void colours(List<Color> colours) {
        for (int shade = 0; shade < SHADES; shade++) {
            double place = shade * (colours.size() - 1) / (double) (SHADES - 1);
            int left = Math.min((int) place, colours.size() - 2);
            shades[shade] = argb(colours.get(left).interpolate(colours.get(left + 1), place - left));
        }
    }

    private static int argb(Color colour) {
        return 0xFF << 24 | part(colour.getRed()) << 16 | part(colour.getGreen()) << 8 | part(colour.getBlue());
    }

    private static int part(double share) {
        return (int) Math.round(share * 255);
    }

    /// Paints the image of the grid; the next drawing shows it.
    void paint() {
        int columns = grid.columns();
        int rows = grid.rows();
        if (pixels.length != columns * rows) {
            pixels = new int[columns * rows];
        }
        Arrays.fill(pixels, 0);
        for (int x = 0; x < columns; x++) {
            for (int y = 0; y < rows; y++) {
                double rate = grid.rate(x, y);
                if (rate > 0) {
                    pixels[y * columns + x] = shades[(int) Math.round(grid.level(rate) * (SHADES - 1))];
                }
            }
        }
        WritableImage shown = image;
        if (shown == null || shown.getWidth() != columns || shown.getHeight() != rows) {
            shown = new WritableImage(columns, rows);
            image = shown;
        }
        shown.getPixelWriter().setPixels(0, 0, columns, rows, PixelFormat.getIntArgbInstance(), pixels, 0, columns);
    }

    @Override
    protected void render(GraphicsContext context, DataSet dataSet, DataSetNode style) {
        WritableImage shown = image;
        if (shown == null) {
            return;
        }
        boolean smooth = context.isImageSmoothing();
        context.setImageSmoothing(false);
        context.drawImage(shown, 0, 0, xAxis.getLength(), yAxis.getLength());
        context.setImageSmoothing(smooth);
    }
}
