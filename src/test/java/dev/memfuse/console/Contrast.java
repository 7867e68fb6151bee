package dev.memfuse.console;

import java.util.List;
import java.util.Optional;

import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/// Contrast of two colours as in WCAG 2.2, 1 to 21.
final class Contrast {
    /// Least contrast of a text.
    static final double OF_TEXT = 4.5;

    private Contrast() {}

    static double of(Color a, Color b) {
        double one = luminance(a);
        double other = luminance(b);
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    /// Returns the contrast of a text with what is directly behind it; empty where that is not one opaque colour.
    static Optional<Double> ofText(Labeled labeled) {
        return labeled.getTextFill() instanceof Color text && !labeled.getText().isEmpty()
                ? behind(labeled).map(colour -> of(text, colour))
                : Optional.empty();
    }

    private static Optional<Color> behind(Node node) {
        for (Node now = node; now != null; now = now.getParent()) {
            if (now instanceof Region region && region.getBackground() != null) {
                List<BackgroundFill> fills = region.getBackground().getFills();
                Color top = !fills.isEmpty() && fills.getLast().getFill() instanceof Color colour ? colour : null;
                if (top == null || top.getOpacity() == 1) {
                    return Optional.ofNullable(top);
                }
                if (top.getOpacity() > 0) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed()) + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
