package dev.memfuse.console.live;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.span.SpanRow;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// Formats the figures of a selected span.
final class SpanTexts {
    private static final double MANY_TIMES = 9;
    private static final double SMALL = 0.1;

    private SpanTexts() {}

    /// A figure as text.
    ///
    /// @param name name with its unit
    /// @param change change since the span before
    record Row(String name, String selected, String before, String change) {}

    /// A group of figures as text.
    record Block(String title, List<Row> rows) {
        Block {
            rows = List.copyOf(rows);
        }
    }

    static Row row(SpanRow row) {
        // The title of the stages names their unit.
        boolean plain = row.unit().isEmpty() || row.group() == SpanRow.Group.STAGES;
        String name = plain ? row.name() : row.name() + ", " + row.unit();
        boolean rough = row.selectedRough() || row.beforeRough();
        String change = change(row.change());
        return new Row(name, value(row, row.selected(), row.selectedRough()),
                value(row, row.before(), row.beforeRough()),
                rough && !change.equals(Formats.NONE) ? Percentiles.ROUGH + change : change);
    }

    private static String value(SpanRow row, double value, boolean rough) {
        if (Double.isNaN(value)) {
            return Formats.NONE;
        }
        String text = switch (row.unit()) {
            case "ms" -> Formats.millis(value);
            case "/s" -> Formats.rate(value);
            default -> value == Math.rint(value) ? Numbers.count((long) value) : Numbers.value(value);
        };
        return rough ? Percentiles.ROUGH + text : text;
    }

    /// Formats a relative change: `+12 %`, `-3.4 %`, `×11`.
    static String change(OptionalDouble change) {
        if (change.isEmpty()) {
            return Formats.NONE;
        }
        double share = change.getAsDouble();
        if (share >= MANY_TIMES) {
            return String.format(Locale.ROOT, "×%,.0f", share + 1);
        }
        String text = String.format(Locale.ROOT, Math.abs(share) < SMALL ? "%+.1f %%" : "%+.0f %%", share * 100);
        return text.equals("-0.0 %") ? "+0.0 %" : text;
    }
}
