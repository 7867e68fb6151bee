package dev.memfuse.load.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.memfuse.file.PrivateFiles;
import dev.memfuse.load.LoadRecording.SpectrumPoint;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.Verdict;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// Writes the figures of a report as comma-separated values, with a header line that names quantities and units.
final class CsvFiles {
    private CsvFiles() {}

    static void write(LoadReport report, Path folder) throws IOException {
        PrivateFiles.write(folder.resolve("timeline.csv"), TimelineCsv.lines(report.recording().timeline()));
        PrivateFiles.write(folder.resolve("percentiles.csv"), percentiles(report));
        PrivateFiles.write(folder.resolve("operations.csv"), operations(report));
        PrivateFiles.write(folder.resolve("verdict.csv"), verdict(report));
    }

    static List<String> verdict(LoadReport report) {
        Verdict verdict = report.result().verdict();
        List<String> lines = new ArrayList<>(List.of("outcome,cause,value,limit,sentence"));
        if (verdict.reasons().isEmpty()) {
            lines.add(verdict.outcome().label() + ",,,,");
        }
        verdict.reasons().forEach(reason -> lines.add(String.join(",", verdict.outcome().label(),
                reason.cause().label(), Double.isNaN(reason.value()) ? "" : plain(reason.value()),
                plain(reason.limit()), '"' + reason.sentence().replace("\"", "\"\"") + '"')));
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
                + "p90_ms,p95_ms,p99_ms,p999_ms,max_ms,unfinished,late,at_least_from_ms"));
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
                plain(ms.p95()), plain(ms.p99()), plain(ms.p999()), plain(ms.max()),
                Long.toString(operation.unfinished()), Long.toString(operation.late()),
                operation.atLeastFromMs() == null ? "" : plain(operation.atLeastFromMs()));
    }

    private static String plain(double value) {
        return Numbers.plain(value);
    }
}
