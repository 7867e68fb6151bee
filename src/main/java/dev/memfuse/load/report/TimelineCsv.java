package dev.memfuse.load.report;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.metrics.stats.Numbers;

/// The course of a run over time as comma-separated values: one row a second, with a header line that names quantities
/// and units. A figure that does not exist in a second, such as the latency of no operation, is empty.
public final class TimelineCsv {
    private static final List<String> COLUMNS = List.of("seconds", "at", "warmup", "count", "throughput_per_s",
            "errors_per_s", "dropped_per_s", "p50_ms", "p95_ms", "p99_ms", "max_ms", "pool_active_mean",
            "pool_waiting_max", "pool_limit");

    /// What [#lines] writes: no `NaN`, no `Infinity`, no exponent.
    private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,300}(\\.[0-9]{1,20})?");

    private TimelineCsv() {}

    /// Returns the header and a line for each second.
    public static List<String> lines(List<Point> timeline) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", COLUMNS));
        for (Point point : timeline) {
            boolean any = point.count() > 0;
            lines.add(String.join(",", plain(point.seconds()), point.at().toString(),
                    Boolean.toString(point.warmup()), Long.toString(point.count()), plain(point.throughput()),
                    plain(point.errors()), plain(point.dropped()), any ? plain(point.p50()) : "",
                    any ? plain(point.p95()) : "", any ? plain(point.p99()) : "", any ? plain(point.max()) : "",
                    Double.isNaN(point.poolActive()) ? "," : plain(point.poolActive()) + "," + point.poolWaiting(),
                    Integer.toString(point.poolLimit())));
        }
        return lines;
    }

    private static String plain(double value) {
        return Numbers.plain(value);
    }

    /// Reads what [#lines] returned; later versions may add columns.
    ///
    /// @throws IllegalArgumentException when a column is missing or a value is wrong; the message names the line
    public static List<Point> parse(List<String> lines) {
        List<String> names = lines.isEmpty() ? List.of() : Arrays.asList(lines.getFirst().split(",", -1));
        if (!names.containsAll(COLUMNS)) {
            throw new IllegalArgumentException("the first line does not name the columns of a timeline");
        }
        List<Point> points = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> cells = List.of(lines.get(i).split(",", -1));
            try {
                points.add(new Row(names, cells).point());
            } catch (NumberFormatException | DateTimeParseException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException(String.format(Locale.ROOT, "line %d has a wrong value", i + 1), e);
            }
        }
        return points;
    }

    /// The cells of a line by the names of their columns.
    private record Row(List<String> names, List<String> cells) {
        Point point() {
            return new Point(number("seconds"), Instant.parse(cell("at")), Boolean.parseBoolean(cell("warmup")),
                    Long.parseLong(cell("count")), number("throughput_per_s"), number("errors_per_s"),
                    number("dropped_per_s"), orZero("p50_ms"), orZero("p95_ms"), orZero("p99_ms"), orZero("max_ms"),
                    cell("pool_active_mean").isEmpty() ? Double.NaN : number("pool_active_mean"),
                    (int) orZero("pool_waiting_max"), Integer.parseInt(cell("pool_limit")));
        }

        private String cell(String name) {
            return cells.get(names.indexOf(name));
        }

        private double number(String name) {
            double value = PLAIN.matcher(cell(name)).matches() ? Double.parseDouble(cell(name)) : Double.NaN;
            if (Double.isFinite(value)) {
                return value;
            }
            throw new NumberFormatException(name);
        }

        private double orZero(String name) {
            return cell(name).isEmpty() ? 0 : number(name);
        }
    }
}
