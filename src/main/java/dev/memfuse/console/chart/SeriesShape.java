package dev.memfuse.console.chart;

import java.util.Locale;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.shape.SVGPath;

/// A small shape that distinguishes a series where colours do not.
@SuppressWarnings("ImmutableEnumChecker") // the arrays are written once, before the enum is published
enum SeriesShape {
    CIRCLE(0),
    SQUARE(4),
    TRIANGLE(3),
    DIAMOND(4),
    HEXAGON(6),
    CROSS(12),
    TRIANGLE_DOWN(3),
    BAR(4),
    PENTAGON(5);

    private final double[] xs;
    private final double[] ys;

    SeriesShape(int corners) {
        xs = new double[corners];
        ys = new double[corners];
    }

    static {
        SQUARE.polygon(45);
        TRIANGLE.polygon(-90);
        DIAMOND.polygon(0);
        HEXAGON.polygon(0);
        TRIANGLE_DOWN.polygon(90);
        PENTAGON.polygon(-90);
        CROSS.outline(-.35, -1, .35, -1, .35, -.35, 1, -.35, 1, .35, .35, .35, .35, 1, -.35, 1, -.35, .35, -1, .35, -1,
                -.35, -.35, -.35);
        BAR.outline(-1.1, -.45, 1.1, -.45, 1.1, .45, -1.1, .45);
    }

    /// Returns the shape of the series at an index; shapes repeat after the last one.
    static SeriesShape of(int series) {
        SeriesShape[] shapes = values();
        return shapes[series % shapes.length];
    }

    private void polygon(double firstCornerDegrees) {
        for (int corner = 0; corner < xs.length; corner++) {
            double angle = Math.toRadians(firstCornerDegrees + 360.0 * corner / xs.length);
            xs[corner] = 1.15 * Math.cos(angle);
            ys[corner] = 1.15 * Math.sin(angle);
        }
    }

    private void outline(double... coordinates) {
        for (int corner = 0; corner < xs.length; corner++) {
            xs[corner] = coordinates[2 * corner];
            ys[corner] = coordinates[2 * corner + 1];
        }
    }

    /// Fills the shape with the fill of the context.
    ///
    /// @param radius half its size in pixels
    void fill(GraphicsContext context, double x, double y, double radius) {
        if (xs.length == 0) {
            context.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
            return;
        }
        double[] cornersX = new double[xs.length];
        double[] cornersY = new double[xs.length];
        for (int corner = 0; corner < xs.length; corner++) {
            cornersX[corner] = x + radius * xs[corner];
            cornersY[corner] = y + radius * ys[corner];
        }
        context.fillPolygon(cornersX, cornersY, xs.length);
    }

    /// Returns the shape as a node, centred at the origin.
    SVGPath node(double radius) {
        SVGPath path = new SVGPath();
        path.setContent(xs.length == 0 ? circle(radius) : outline(radius));
        return path;
    }

    private static String circle(double radius) {
        return String.format(Locale.ROOT, "M%1$s,0 A%2$s,%2$s 0 1,0 %2$s,0 A%2$s,%2$s 0 1,0 %1$s,0 Z", -radius, radius);
    }

    private String outline(double radius) {
        StringBuilder path = new StringBuilder();
        for (int corner = 0; corner < xs.length; corner++) {
            path.append(corner == 0 ? 'M' : 'L').append(radius * xs[corner]).append(',').append(radius * ys[corner])
                    .append(' ');
        }
        return path.append('Z').toString();
    }
}
