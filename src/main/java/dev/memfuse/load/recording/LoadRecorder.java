package dev.memfuse.load.recording;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.load.CostFigure;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.RunSink;
import dev.memfuse.load.Workload;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.load.report.VerdictText;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.node.ObjectNode;

/// Records each load. A failure to record is a warning and never fails the run. Thread-safe.
public final class LoadRecorder implements RunSink {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final String LAG = "lag";

    private final Recorder recorder;
    private final RecordingContext context;
    private final RecordingTexts texts;

    /// @param recorder writes the recordings
    /// @param context what belongs to a recording and is not measured by the run
    /// @param texts makes its text files
    public LoadRecorder(Recorder recorder, RecordingContext context, RecordingTexts texts) {
        this.recorder = recorder;
        this.context = context;
        this.texts = texts;
    }

    @Override
    public void measured(RunMeasurement measurement) {
        recorder.record(() -> recording(measurement));
    }

    private NewRecording recording(RunMeasurement measurement) {
        LoadResult result = measurement.result();
        Instant from = result.startedAt();
        Instant to = SteadyClock.now();
        List<RecordingFile> files = new ArrayList<>();
        context.scenario().apply(measurement.workload())
                .ifPresent(yaml -> files.add(RecordingFile.text(RecordingFile.SCENARIO, yaml)));
        files.add(context.config().get().map(config -> texts.config(RecordingFile.CONFIG, config))
                .orElseGet(() -> RecordingFile.text(RecordingFile.CONFIG, texts.config(result.config()))));
        files.add(texts.environment(result.environment(), context.serverSettings().get()));
        files.add(new RecordingFile(RecordingFile.LATENCY,
                out -> LatencyLog.write(out, from, to, histograms(measurement))));
        files.add(new RecordingFile(RecordingFile.SERIES,
                out -> SeriesFile.write(out, measurement.recording().timeline())));
        files.add(new RecordingFile(RecordingFile.MARKS, out -> MarksFile.write(out,
                measurement.recording().marks(), texts::text)));
        files.add(RecordingFile.text(RecordingFile.RESULT, result(measurement)));
        texts.log(context.log().apply(from)).ifPresent(files::add);
        return new NewRecording(RecordingKind.LOAD, name(measurement.workload()), from, to,
                measurement.workload().seed(), result.verdict().outcome().label(),
                texts.text(sentence(result)), figures(measurement), files);
    }

    private String result(RunMeasurement measurement) {
        ObjectNode tree = ResultJson.tree(
                new LoadReport(measurement.workload(), measurement.result(), measurement.recording()));
        tree.set(LoadFiles.STAGES, ResultJson.tree(measurement.recording().stagesMs()));
        return ResultJson.text(texts.clean(tree));
    }

    private static Map<String, Histogram> histograms(RunMeasurement measurement) {
        Map<String, Histogram> all = new LinkedHashMap<>();
        measurement.latencies().forEach((kind, latency) -> all.put(kind.label() + LoadFiles.LATENCY, latency));
        measurement.services().forEach((kind, service) -> all.put(kind.label() + LoadFiles.SERVICE, service));
        all.put(LAG, measurement.lag());
        return all;
    }

    private static String name(Workload workload) {
        String load = switch (workload.arrival()) {
            case Workload.Arrival.Closed closed -> "closed, " + Numbers.count(closed.concurrency()) + " at once";
            case Workload.Arrival.Open open -> open.shape().label() + ", " + Numbers.rate(open.level()) + "/s";
        };
        return "Load: " + load + ", " + Numbers.count(workload.users(), "user") + ", "
                + Numbers.seconds(workload.duration().toMillis() / 1e3);
    }

    private static String sentence(LoadResult result) {
        return VerdictText.word(result.verdict()) + ": " + String.join(" ", VerdictText.reasons(result.verdict()));
    }

    private static List<Figure> figures(RunMeasurement measurement) {
        List<Figure> figures = new ArrayList<>();
        LoadResult result = measurement.result();
        figures.add(Figure.of("throughput", "/s", result.throughputPerS()));
        figures.add(Figure.of("errors", "", result.errors()));
        measurement.latencies().forEach((kind, latency) -> {
            OperationResult operation = result.operations().get(kind.label());
            for (double percentile : PERCENTILES) {
                figures.add(figure(kind.label(), percentile, latency));
            }
            if (operation != null) {
                figures.add(Figure.of(kind.label() + ".throughput", "/s", operation.throughputPerS()));
            }
        });
        for (CostFigure cost : CostFigure.values()) {
            cost.of(measurement.cost())
                    .ifPresent(value -> figures.add(Figure.of(cost.label(), cost.unit(), value)));
        }
        return figures;
    }

    private static Figure figure(String operation, double percentile, Histogram latency) {
        String name = String.format(Locale.ROOT, "%s.p%s", operation,
                Percentiles.name(percentile).substring(1).replace(".", ""));
        if (latency.getTotalCount() == 0) {
            return new Figure(name, "ms", null, false);
        }
        return new Figure(name, "ms", Percentiles.ms(latency, percentile),
                !Percentiles.reliable(latency.getTotalCount(), percentile));
    }
}
