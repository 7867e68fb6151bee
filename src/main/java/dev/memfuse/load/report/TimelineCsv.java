package dev.memfuse.load.report;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.memfuse.load.LoadRecording.OperationPoint;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.OperationKind;
import dev.memfuse.metrics.stats.Numbers;

/// The course of a run over time as comma-separated values: one row a second, with a header line that names quantities
/// and units. A figure that does not exist in a second, such as the latency of no operation, is empty.
public final class TimelineCsv {
    private static final List<String> COLUMNS = List.of("seconds", "at", "warmup", "count", "throughput_per_s",
            "errors_per_s", "dropped_per_s", "p50_ms", "p95_ms", "p99_ms", "max_ms", "pool_active_mean",
            "pool_waiting_max", "pool_limit");
    /// Further columns of each operation, after its name. Recordings of earlier versions lack them.
    private static final List<String> OF_OPERATION = List.of("_count", "_throughput_per_s", "_p50_ms", "_p95_ms",
            "_p99_ms", "_p99_from_schedule_ms");
    private static final Map<OperationKind, List<String>> NAMES = Arrays.stream(OperationKind.values())
            .collect(Collectors.toMap(kind -> kind,
                    kind -> OF_OPERATION.stream().map(column -> kind.label() + column).toList(), (one, _) -> one,
                    () -> new EnumMap<>(OperationKind.class)));

    /// What [#lines] writes: no `NaN`, no `Infinity`, no exponent.
    private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,300}(\\.[0-9]{1,20})?");

    private TimelineCsv() {}

    /// Returns the header and a line for each second.
    public static List<String> lines(List<Point> timeline) {
        List<String> lines = new ArrayList<>();
        List<String> names = new ArrayList<>(COLUMNS);
        NAMES.values().forEach(names::addAll);
        lines.add(String.join(",", names));
        for (Point point : timeline) {
            boolean any = point.count() > 0;
            lines.add(String.join(",", plain(point.seconds()), point.at().toString(),
                    Boolean.toString(point.warmup()), Long.toString(point.count()), plain(point.throughput()),
                    plain(point.errors()), plain(point.dropped()), any ? plain(point.p50()) : "",
                    any ? plain(point.p95()) : "", any ? plain(point.p99()) : "", any ? plain(point.max()) : "",
                    Double.isNaN(point.poolActive()) ? "," : plain(point.poolActive()) + "," + point.poolWaiting(),
                    Integer.toString(point.poolLimit()), operations(point)));
        }
        return lines;
    }

    private static String operations(Point point) {
        List<String> cells = new ArrayList<>();
        for (OperationKind kind : OperationKind.values()) {
            OperationPoint of = point.operations().get(kind);
            cells.add(of == null
                    ? ",".repeat(OF_OPERATION.size() - 1)
                    : String.join(",", Long.toString(of.count()), plain(of.throughput()), plain(of.p50()),
                            plain(of.p95()), plain(of.p99()),
                            Double.isNaN(of.scheduledP99()) ? "" : plain(of.scheduledP99())));
        }
        return String.join(",", cells);
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
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            columns.putIfAbsent(names.get(i), i);
        }
        List<Point> points = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> cells = List.of(lines.get(i).split(",", -1));
            try {
                points.add(new Row(columns, cells).point());
            } catch (NumberFormatException | DateTimeParseException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException(String.format(Locale.ROOT, "line %d has a wrong value", i + 1), e);
            }
        }
        return points;
    }

    /// The cells of a line by the names of their columns.
    private record Row(Map<String, Integer> columns, List<String> cells) {
        Point point() {
            return new Point(number("seconds"), Instant.parse(cell("at")), Boolean.parseBoolean(cell("warmup")),
                    Long.parseLong(cell("count")), number("throughput_per_s"), number("errors_per_s"),
                    number("dropped_per_s"), orZero("p50_ms"), orZero("p95_ms"), orZero("p99_ms"), orZero("max_ms"),
                    cell("pool_active_mean").isEmpty() ? Double.NaN : number("pool_active_mean"),
                    (int) orZero("pool_waiting_max"), Integer.parseInt(cell("pool_limit")), operations());
        }

        private Map<OperationKind, OperationPoint> operations() {
            Map<OperationKind, OperationPoint> points = new EnumMap<>(OperationKind.class);
            for (OperationKind kind : OperationKind.values()) {
                List<String> names = NAMES.getOrDefault(kind, List.of());
                if (columns.keySet().containsAll(names) && !cell(names.getFirst()).isEmpty()) {
                    points.put(kind, new OperationPoint(Long.parseLong(cell(names.getFirst())),
                            number(names.get(1)), number(names.get(2)), number(names.get(3)), number(names.get(4)),
                            cell(names.get(5)).isEmpty() ? Double.NaN : number(names.get(5))));
                }
            }
            return Collections.unmodifiableMap(points);
        }

        private String cell(String name) {
            return cells.get(columns.getOrDefault(name, -1));
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
