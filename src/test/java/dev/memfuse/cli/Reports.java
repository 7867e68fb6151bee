package dev.memfuse.cli;

import java.util.List;
import java.util.Map;

import dev.memfuse.bench.BenchReport;

/// Sample reports of benchmarks.
public final class Reports {
    private Reports() {}

    public static BenchReport sample() {
        BenchReport.Side engine = new BenchReport.Side("engine", 12_000, 1, 3_400,
                new BenchReport.Latency(12_000, 0.25, 0.5, 0.75, 9.5));
        BenchReport.Side floor = new BenchReport.Side("bare statement", 150, 0, 4_000,
                new BenchReport.Latency(150, null, null, null, 3));
        return new BenchReport(true, List.of(new BenchReport.Result("add", "an add against its baseline", "the disk",
                List.of(new BenchReport.Row("connections 1", engine, floor,
                        new BenchReport.Ratio(0.86, 0.81, 0.93, 10))),
                List.of(new BenchReport.Figure("ratio at 1", 0.86, "", BenchReport.Target.atLeast(0.85)),
                        new BenchReport.Figure("p99", 7.0, "ms", BenchReport.Target.atMost(5)),
                        BenchReport.Figure.of("p99 of few", null, "ms")))),
                Map.of("cpu_count", "2", "jvm_flags", "-Xmx1g"));
    }
}
