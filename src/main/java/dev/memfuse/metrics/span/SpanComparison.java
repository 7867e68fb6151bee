package dev.memfuse.metrics.span;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import dev.memfuse.metrics.MetricsHistory;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SliceGauge;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.slice.GaugeSlice;
import dev.memfuse.metrics.span.SpanFigures.Calls;
import dev.memfuse.metrics.span.SpanFigures.Times;
import dev.memfuse.metrics.span.SpanRow.Group;
import dev.memfuse.metrics.stats.Percentiles;

/// The figures of a span beside those of the span of equal length before it.
///
/// @param span the span
/// @param selected its figures
/// @param before the figures of [TimeSpan#before]
public record SpanComparison(TimeSpan span, SpanFigures selected, SpanFigures before) {
    private static final double[] SHOWN = {50, 90, 99, 99.9};

    /// Computes the figures from a history.
    public static SpanComparison of(MetricsHistory history, TimeSpan span) {
        TimeSpan before = span.before();
        return new SpanComparison(span, SpanFigures.of(history.between(span.from(), span.to())),
                SpanFigures.of(history.between(before.from(), before.to())));
    }

    /// Returns the figures as rows, group by group. Stages that took no time are left out.
    ///
    /// @param operation operation of the group of calls; empty for all operations of callers
    public List<SpanRow> rows(Optional<Operation> operation) {
        List<SpanRow> rows = new ArrayList<>();
        addCalls(rows, operation);
        for (Stage stage : Stage.values()) {
            double now = stage(selected, stage);
            double then = stage(before, stage);
            if (now > 0 || then > 0) {
                rows.add(new SpanRow(Group.STAGES, stage.label(), "ms", now, then));
            }
        }
        addStatements(rows);
        addPool(rows);
        return rows;
    }

    private void addCalls(List<SpanRow> rows, Optional<Operation> operation) {
        Calls now = operation.map(selected::calls).orElse(selected.all());
        Calls then = operation.map(before::calls).orElse(before.all());
        rows.add(new SpanRow(Group.CALLS, "count", "", count(selected, now.latency().count()),
                count(before, then.latency().count())));
        rows.add(new SpanRow(Group.CALLS, "throughput", "/s", selected.perSecond(now.latency().count()),
                before.perSecond(then.latency().count())));
        rows.add(new SpanRow(Group.CALLS, "errors", "", count(selected, now.errors()), count(before, then.errors())));
        for (double percentile : SHOWN) {
            rows.add(percentile(Group.CALLS, Percentiles.name(percentile), percentile, now.latency(), then.latency()));
        }
        rows.add(new SpanRow(Group.CALLS, "max", "ms", max(now.latency()), max(then.latency())));
        if (now.scheduled().count() > 0 || then.scheduled().count() > 0) {
            rows.add(percentile(Group.CALLS, "p50 scheduled", 50, now.scheduled(), then.scheduled()));
            rows.add(percentile(Group.CALLS, "p99 scheduled", 99, now.scheduled(), then.scheduled()));
        }
    }

    private void addStatements(List<SpanRow> rows) {
        double nowCount = selected.work().of(Work.STATEMENTS);
        double thenCount = before.work().of(Work.STATEMENTS);
        rows.add(new SpanRow(Group.STATEMENTS, "statements", "/s", selected.perSecond(nowCount),
                before.perSecond(thenCount)));
        rows.add(perCall("statements/call", Work.STATEMENTS));
        rows.add(perCall("rows/call", Work.ROWS));
        rows.add(perCall("round trips/call", Work.ROUND_TRIPS));
    }

    private SpanRow perCall(String name, Work work) {
        return new SpanRow(Group.STATEMENTS, name, "", selected.perCall(selected.work().of(work)),
                before.perCall(before.work().of(work)));
    }

    private void addPool(List<SpanRow> rows) {
        rows.add(percentile(Group.POOL, "wait p99", 99, selected.waits(), before.waits()));
        rows.add(percentile(Group.POOL, "hold p50", 50, selected.holds(), before.holds()));
        rows.add(percentile(Group.POOL, "hold p99", 99, selected.holds(), before.holds()));
        rows.add(gauge("in use, mean", SliceGauge.ACTIVE, GaugeSlice::mean));
        rows.add(gauge("in use, max", SliceGauge.ACTIVE, GaugeSlice::max));
        rows.add(gauge("waiting, mean", SliceGauge.WAITING, GaugeSlice::mean));
        rows.add(gauge("waiting, max", SliceGauge.WAITING, GaugeSlice::max));
        rows.add(new SpanRow(Group.POOL, "time-outs", "", count(selected, selected.timeouts()),
                count(before, before.timeouts())));
    }

    private SpanRow gauge(String name, SliceGauge gauge, ToDoubleFunction<GaugeSlice> value) {
        return new SpanRow(Group.POOL, name, "", value.applyAsDouble(selected.gauge(gauge)),
                value.applyAsDouble(before.gauge(gauge)));
    }

    private static SpanRow percentile(Group group, String name, double percentile, Times now, Times then) {
        return new SpanRow(group, name, "ms", at(now, percentile), at(then, percentile),
                !Percentiles.reliable(now.count(), percentile), !Percentiles.reliable(then.count(), percentile));
    }

    private static double at(Times times, double percentile) {
        return times.count() == 0 ? Double.NaN : times.percentiles().at(percentile);
    }

    private static double max(Times times) {
        return times.count() == 0 ? Double.NaN : times.percentiles().max();
    }

    private static double stage(SpanFigures figures, Stage stage) {
        return figures.stages().isEmpty() ? Double.NaN : figures.stages().getOrDefault(stage, 0.0);
    }

    private static double count(SpanFigures figures, long count) {
        return figures.measured() ? count : Double.NaN;
    }
}
