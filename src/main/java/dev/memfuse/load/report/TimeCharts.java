package dev.memfuse.load.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.report.LineChart.Spot;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// Renders the charts over time of a report: throughput, latency, pool.
final class TimeCharts {
    private static final int MAX_HOVERS = 600;

    private final List<Point> points;
    private final List<EventMark> marks;
    private final Axis time;

    TimeCharts(LoadReport report) {
        this.points = report.recording().timeline();
        // The warm-up is shaded.
        this.marks = report.recording().marks().stream().filter(mark -> mark.kind() != EventMark.Kind.WARMUP
                && mark.kind() != EventMark.Kind.WARMUP_END).toList();
        this.time = Axis.exact(0, points.isEmpty() ? 1 : points.getLast().seconds());
    }

    String render() {
        return throughput() + latency() + pool() + markList();
    }

    private String throughput() {
        LineChart chart = chart("Throughput", "Successful operations per second of measured time.",
                Axis.fromZero(max(Point::throughput)), "ops/s")
                .line("operations", "c1 area", spots(Point::throughput));
        if (max(Point::errors) > 0) {
            chart.line("errors", "bad", spots(Point::errors));
        }
        if (max(Point::dropped) > 0) {
            chart.line("dropped", "c2 dash", spots(Point::dropped));
        }
        return hover(chart, point -> String.format(Locale.ROOT, "%s ops/s, %s errors/s, %s dropped/s",
                Numbers.rate(point.throughput()), Numbers.rate(point.errors()), Numbers.rate(point.dropped())));
    }

    private String latency() {
        LineChart chart = chart("Latency",
                "Percentiles of each second, all operations together; dashed where fewer than 100 samples lie above.",
                Axis.fromZero(max(Point::p99)), "ms");
        percentile(chart, "c1", 50, Point::p50);
        percentile(chart, "c2", 95, Point::p95);
        percentile(chart, "c3", 99, Point::p99);
        return hover(chart, point -> point.count() == 0
                ? "no operation ended"
                : String.format(Locale.ROOT, "p50 %s ms, p95 %s ms, p99 %s ms, max %s ms",
                        Numbers.percentile(point.count(), 50, point.p50()),
                        Numbers.percentile(point.count(), 95, point.p95()),
                        Numbers.percentile(point.count(), 99, point.p99()), Numbers.value(point.max())));
    }

    /// Adds the line of a percentile: interrupted in seconds without an operation, dashed where it is rough.
    private void percentile(LineChart chart, String style, double percentile, ToDoubleFunction<Point> value) {
        List<Spot> part = new ArrayList<>();
        boolean rough = false;
        chart.line(Percentiles.name(percentile), style, List.of());
        for (Point point : points) {
            boolean roughHere = !Percentiles.reliable(point.count(), percentile);
            if (!part.isEmpty() && (point.count() == 0 || roughHere != rough)) {
                chart.continueLine(style + (rough ? " dash" : ""), part);
                part = point.count() == 0 ? new ArrayList<>() : new ArrayList<>(List.of(part.getLast()));
            }
            if (point.count() > 0) {
                part.add(new Spot(point.seconds(), value.applyAsDouble(point)));
                rough = roughHere;
            }
        }
        chart.continueLine(style + (rough ? " dash" : ""), part);
    }

    private String pool() {
        LineChart chart = chart("Connection pool",
                "In use: mean of the samples of each second. Waiting: maximum number of threads in a sample.",
                Axis.fromZero(Math.max(max(Point::poolLimit), max(Point::poolWaiting))), "connections")
                .line("in use", "c1 area", spots(Point::poolActive))
                .line("waiting", "c3", spots(Point::poolWaiting)).line("limit", "quiet dash", spots(Point::poolLimit));
        return hover(chart,
                point -> String.format(Locale.ROOT, "%s in use, %d waiting, limit %d",
                        Double.isNaN(point.poolActive()) ? "no sample" : Numbers.value(point.poolActive()),
                        point.poolWaiting(), point.poolLimit()));
    }

    private LineChart chart(String title, String note, Axis y, String unit) {
        LineChart chart = new LineChart(title, note, time, y).units(unit, "seconds since the start");
        chart.shade(0, points.stream().filter(Point::warmup).mapToDouble(Point::seconds).max().orElse(0), "warm-up");
        for (int i = 0; i < marks.size(); i++) {
            chart.mark(secondsOf(marks.get(i)), i + 1, marks.get(i).text(), style(marks.get(i)));
        }
        return chart;
    }

    private static String style(EventMark mark) {
        return mark.kind().name().toLowerCase(Locale.ROOT);
    }

    private double secondsOf(EventMark mark) {
        if (points.isEmpty()) {
            return 0;
        }
        Instant zero = points.getFirst().at().minusNanos(Math.round(points.getFirst().seconds() * 1e9));
        return Duration.between(zero, mark.at()).toMillis() / 1000.0;
    }

    private double max(ToDoubleFunction<Point> value) {
        return points.stream().mapToDouble(value).max().orElse(0);
    }

    private List<Spot> spots(ToDoubleFunction<Point> value) {
        List<Spot> spots = new ArrayList<>();
        for (Point point : points) {
            if (!Double.isNaN(value.applyAsDouble(point))) {
                spots.add(new Spot(point.seconds(), value.applyAsDouble(point)));
            }
        }
        return spots;
    }

    private String hover(LineChart chart, Function<Point, String> text) {
        if (points.size() <= MAX_HOVERS) {
            chart.hover(spots(Point::seconds), i -> {
                Point point = points.get((int) i);
                return String.format(Locale.ROOT, "%s s%s: %s", Numbers.plain(Math.round(point.seconds() * 10) / 10.0),
                        point.warmup() ? " (warm-up)" : "", text.apply(point));
            });
        }
        return chart.render();
    }

    private String markList() {
        if (marks.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<ol class=\"marks\">");
        for (EventMark mark : marks) {
            html.append(String.format(Locale.ROOT, "<li class=\"%s\"><b>%s s</b> %s</li>", style(mark),
                    Numbers.plain(Math.round(secondsOf(mark) * 10) / 10.0), Html.escape(mark.text())));
        }
        return html.append("</ol>").toString();
    }
}
