package dev.memfuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.load.report.TextTable;
import org.jspecify.annotations.Nullable;

/// Formats a report of the benchmarks as tables.
public final class BenchTables {
    private static final String NONE = "-";
    /// The facts that a reader needs with every figure; the JSON has all of them.
    private static final List<String> FACTS = List.of("cpu_model", "cpu_count", "memory_mib", "heap_limit_mib", "jvm",
            "os", "database", "git_commit");

    private BenchTables() {}

    /// Returns the tables of a report, line by line.
    public static List<String> lines(BenchReport report) {
        List<String> lines = new ArrayList<>();
        for (BenchReport.Result result : report.results()) {
            lines.add(result.name() + ": " + result.question());
            lines.addAll(rows(result.rows()));
            lines.addAll(figures(result.figures()));
            lines.add("bound by " + result.bound());
            lines.add("");
        }
        lines.addAll(facts(report.environment()));
        if (!report.complete()) {
            lines.add("Stopped early: missing benchmarks were not measured.");
        }
        return lines;
    }

    private static List<String> rows(List<BenchReport.Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable(2).row("", "", "per s", "p50 ms", "p95 ms", "p99 ms", "max ms", "calls",
                "errors", "ratio", "min", "max");
        for (BenchReport.Row row : rows) {
            BenchReport.Ratio ratio = row.ratio();
            table.row(side(row.what(), row.engine(),
                    ratio == null
                            ? List.of()
                            : List.of(number("%.2f", ratio.median()), number("%.2f", ratio.min()),
                                    number("%.2f", ratio.max()))));
            table.row(side("", row.floor(), List.of()));
        }
        return table.lines();
    }

    private static String[] side(String what, BenchReport.Side side, List<String> ratio) {
        BenchReport.Latency latency = side.latency();
        List<String> cells = new ArrayList<>(List.of(what, side.name(), number("%,.0f", side.perS()),
                number("%.2f", latency.p50Ms()), number("%.2f", latency.p95Ms()), number("%.2f", latency.p99Ms()),
                number("%.2f", latency.maxMs()), Long.toString(side.calls()), Long.toString(side.errors())));
        cells.addAll(ratio);
        return cells.toArray(String[]::new);
    }

    private static List<String> figures(List<BenchReport.Figure> figures) {
        TextTable table = new TextTable(1);
        for (BenchReport.Figure figure : figures) {
            table.row(figure.name(), figure.value() == null ? NONE : value(figure.value()), figure.unit(),
                    target(figure.target()), verdict(figure.reached()));
        }
        return table.lines();
    }

    private static String target(BenchReport.@Nullable Target target) {
        return target == null ? "" : (target.atMost() ? "at most " : "at least ") + value(target.limit());
    }

    private static String verdict(@Nullable Boolean reached) {
        if (reached == null) {
            return "";
        }
        return reached ? "reached" : "missed";
    }

    private static List<String> facts(Map<String, String> environment) {
        return FACTS.stream().filter(environment::containsKey).map(fact -> fact + ": " + environment.get(fact))
                .toList();
    }

    private static String value(double value) {
        return number(value >= 100 ? "%,.0f" : "%.2f", value);
    }

    private static String number(String form, @Nullable Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, form, value);
    }
}
