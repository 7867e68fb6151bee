package dev.memfuse.load.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadRecording.SpectrumPoint;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.FirstAccessResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadResult.PoolResult;
import dev.memfuse.load.LoadResult.StartSize;
import dev.memfuse.load.LoadResult.StorageResult;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.stats.Percentiles;

/// A report with fixed figures, for tests of its formats.
public final class SampleReport {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private SampleReport() {}

    /// Returns the report of a run that had thresholds.
    static LoadReport check(LoadReport report, List<Threshold> limits) {
        LoadResult of = report.result();
        LoadResult checked = new LoadResult(of.formatVersion(), of.verdict(), of.startedAt(), of.seconds(),
                of.drainSeconds(), of.operations(),
                limits.stream().map(limit -> limit.check(of.operations())).toList(), of.acknowledged(), of.storage(),
                of.stagesMs(), of.pool(), of.firstAccess(), of.arrival(), of.start(), of.config(), of.changes(),
                of.environment(), of.warnings());
        return new LoadReport(report.workload(),
                checked.with(of.verdict().with(checked.missedThresholds()), of.warnings()), report.recording());
    }

    public static LoadReport of(String note) {
        return of(note, sorted(Map.of("committed", 0L, "journaled", 12_000L, "memory", 0L)));
    }

    /// @param acknowledged adds by the durability of their acknowledgement
    public static LoadReport of(String note, Map<String, Long> acknowledged) {
        Map<String, OperationResult> operations = new LinkedHashMap<>();
        operations.put("add", new OperationResult(12_000, 3, 600.25, ms(2), ms(1)));
        operations.put("query", new OperationResult(900, 0, 45, ms(8), ms(6)));
        LoadResult result = new LoadResult(2, Verdict.GOOD, START.plusSeconds(2), 20, 0, operations, List.of(),
                acknowledged, new StorageResult(120_000, 0, 0, false),
                sorted(Map.of("schedule", 0.4, "sql", 1.1, "acquire", 0.25, "other", 0.05)),
                new PoolResult(ms(0.2), 9, 4.5, 3, 30, 0, 12_900),
                new FirstAccessResult(3, ms(40)),
                new ArrivalResult("open", 650, 12_910, 12_903, 7, 0.9992, ms(0.3)),
                new StartSize(3, 1_204, 41_943_040),
                sorted(Map.of("buffer", sorted(Map.of("bypass_mode", true, "durability", "memory")))),
                List.of("+3.0 s: buffer.bypass_mode: false → true"),
                sorted(Map.of("program_version", "0.1.0", "os", "Test")), List.of(note));
        return new LoadReport(workload(), result, recording());
    }

    private static Workload workload() {
        return new Workload(20, new Workload.Arrival.Open(650, 64), Duration.ofSeconds(20), Duration.ofSeconds(2),
                new Workload.Mix(6, 3, 0), 10, 5, 42, Optional.empty());
    }

    /// Returns a map with one order in every JVM, unlike `Map.of`.
    private static <V> Map<String, V> sorted(Map<String, V> map) {
        return new TreeMap<>(map);
    }

    private static Percentiles ms(double p50) {
        return new Percentiles(p50 * 1.1, p50, p50 * 2, p50 * 2.5, p50 * 4, p50 * 9, p50 * 12);
    }

    private static LoadRecording recording() {
        List<Point> points = new ArrayList<>();
        for (int i = 1; i <= 22; i++) {
            points.add(new Point(i, START.plusSeconds(i), i <= 2, 600 + i, 600 + i, i == 9 ? 3 : 0, 0, 2, 5, 8 + i % 3,
                    24, 4.5,
                    i % 4, 30));
        }
        return new LoadRecording(points,
                Map.of("add",
                        List.of(new SpectrumPoint(0, 0.5, 12_000), new SpectrumPoint(50, 2, 6_000),
                                new SpectrumPoint(99, 8, 120), new SpectrumPoint(99.9, 18, 12),
                                new SpectrumPoint(100, 24, 0))),
                Map.of("add", sorted(Map.of("schedule", 0.4, "sql", 1.1, "acquire", 0.25))),
                List.of(new EventMark(START.plusSeconds(5), EventMark.Kind.CHANGE, "bypass <on>")));
    }
}
