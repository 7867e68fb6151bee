package dev.memfuse.load.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.memfuse.file.PrivateFiles;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadRecording.SpectrumPoint;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.metrics.stats.Percentiles;

/// Writes the figures of a report as comma-separated values, with a header line that names quantities and units.
final class CsvFiles {
    private CsvFiles() {}

    static void write(LoadReport report, Path folder) throws IOException {
        PrivateFiles.write(folder.resolve("timeline.csv"), timeline(report));
        PrivateFiles.write(folder.resolve("percentiles.csv"), percentiles(report));
        PrivateFiles.write(folder.resolve("operations.csv"), operations(report));
    }

    static List<String> timeline(LoadReport report) {
        List<String> lines = new ArrayList<>(
                List.of("seconds,at,warmup,throughput_per_s,errors_per_s,dropped_per_s,p50_ms,p95_ms,p99_ms,max_ms,"
                        + "pool_active_mean,pool_waiting_max,pool_limit"));
        for (Point point : report.recording().timeline()) {
            lines.add(String.join(",", plain(point.seconds()), point.at().toString(),
                    Boolean.toString(point.warmup()), plain(point.throughput()), plain(point.errors()),
                    plain(point.dropped()), plain(point.p50()), plain(point.p95()), plain(point.p99()),
                    plain(point.max()), plain(point.poolActive()), Integer.toString(point.poolWaiting()),
                    Integer.toString(point.poolLimit())));
        }
        return lines;
    }

    static List<String> percentiles(LoadReport report) {
        List<String> lines = new ArrayList<>(List.of("operation,percentile,latency_ms,samples_above"));
        report.recording().spectrum().forEach((name, points) -> {
            for (SpectrumPoint point : points) {
                lines.add(String.join(",", name, plain(point.percentile()), plain(point.ms()),
                        Long.toString(point.countAbove())));
            }
        });
        return lines;
    }

    static List<String> operations(LoadReport report) {
        List<String> lines = new ArrayList<>(List.of("operation,count,errors,throughput_per_s,kind,mean_ms,p50_ms,"
                + "p90_ms,p95_ms,p99_ms,p999_ms,max_ms"));
        for (Map.Entry<String, OperationResult> entry : report.result().operations().entrySet()) {
            OperationResult operation = entry.getValue();
            lines.add(operation(entry.getKey(), operation, "latency", operation.latencyMs()));
            lines.add(operation(entry.getKey(), operation, "service", operation.serviceMs()));
        }
        return lines;
    }

    private static String operation(String name, OperationResult operation, String kind, Percentiles ms) {
        return String.join(",", name, Long.toString(operation.count()), Long.toString(operation.errors()),
                plain(operation.throughputPerS()), kind, plain(ms.mean()), plain(ms.p50()), plain(ms.p90()),
                plain(ms.p95()), plain(ms.p99()), plain(ms.p999()), plain(ms.max()));
    }

    private static String plain(double value) {
        return Numbers.plain(value);
    }
}
