package dev.memfuse.load.recording;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSlice;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.span.SpanFigures;
import dev.memfuse.metrics.span.SpanFigures.Calls;
import dev.memfuse.metrics.span.TimeSpan;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;

/// Records what the engine measured in a span of the last two hours, whoever called it: a load, clients of the server,
/// or nobody. The span may have passed long since. Thread-safe.
///
/// Unlike a load it has no schedule, no seed and no verdict, and cannot be run again.
public final class ObservationRecorder {
    /// In the place of a verdict.
    private static final String OUTCOME = "observed";

    private final Recordings recordings;
    private final LongSupplier limitBytes;
    private final MetricsHub hub;
    private final Surroundings surroundings;
    private final RecordingTexts texts;

    /// What belongs to an observation and is no metric.
    ///
    /// @param config returns the configuration in force
    /// @param properties returns what the host says of itself, for instance `database`
    /// @param context returns settings of the server and lines of the log
    public record Surroundings(Supplier<MemFuseConfig> config, Supplier<Map<String, String>> properties,
            RecordingContext context) {}

    /// @param limitBytes returns the maximum size of all recordings; 0 when nothing is recorded
    /// @param hub keeps the measurements
    /// @param texts makes the text files
    public ObservationRecorder(Recordings recordings, LongSupplier limitBytes, MetricsHub hub,
            Surroundings surroundings, RecordingTexts texts) {
        this.recordings = recordings;
        this.limitBytes = limitBytes;
        this.hub = hub;
        this.surroundings = surroundings;
        this.texts = texts;
    }

    /// Records a span. Its part of which nothing is kept is left out. Blocks.
    ///
    /// @return what was written
    /// @throws RecordingException when nothing is recorded, nothing was measured in the span, or it cannot be written;
    ///         the message is for the user
    public Manifest record(TimeSpan span) {
        return write(hub.slices().between(span.from(), span.to()));
    }

    private Manifest write(List<MetricsSlice> slices) {
        long limit = limitBytes.getAsLong();
        if (limit <= 0) {
            throw new RecordingException("Nothing is recorded: load.recordings_mib is 0, or the program was started "
                    + "with --ephemeral or --no-record. Start it with --record.");
        }
        if (slices.isEmpty()) {
            throw new RecordingException("Nothing was measured in this time. Select a part of the last two hours in "
                    + "which the program ran.");
        }
        return recordings.add(recording(slices), limit);
    }

    /// Records everything that is kept. Blocks.
    ///
    /// @return what was written
    /// @throws RecordingException as [#record(TimeSpan)]
    public Manifest recordAll() {
        return write(hub.slices().all());
    }

    private NewRecording recording(List<MetricsSlice> slices) {
        Instant from = slices.getFirst().from();
        Instant to = slices.getLast().to();
        SpanFigures figures = SpanFigures.of(slices);
        Map<String, Histogram> histograms = ObservedCourse.histograms(MetricsSlice.merge(slices));
        Map<String, String> environment = new LinkedHashMap<>(EnvironmentInfo.ofThisProcess());
        environment.putAll(surroundings.properties().get());
        RecordingContext context = surroundings.context();
        List<RecordingFile> files = new ArrayList<>();
        files.add(texts.config(RecordingFile.CONFIG, surroundings.config().get()));
        files.add(texts.environment(environment, context.serverSettings().get()));
        if (!histograms.isEmpty()) {
            files.add(new RecordingFile(RecordingFile.LATENCY, out -> LatencyLog.write(out, from, to, histograms)));
        }
        files.add(new RecordingFile(RecordingFile.SERIES,
                out -> SeriesFile.write(out, ObservedCourse.points(slices, from))));
        files.add(new RecordingFile(RecordingFile.MARKS, out -> marks(out, from, to)));
        files.add(texts.json(RecordingFile.RESULT, figures));
        texts.log(context.log().apply(from)).ifPresent(files::add);
        return new NewRecording(RecordingKind.OBSERVATION, "Observation: " + length(from, to), from, to, 0, OUTCOME,
                sentence(figures), figures(figures), files);
    }

    private void marks(OutputStream out, Instant from, Instant to) throws IOException {
        List<EventMark> within = hub.marks().stream()
                .filter(mark -> !mark.at().isBefore(from) && !mark.at().isAfter(to)).toList();
        MarksFile.write(out, within, texts::text);
    }

    private static String length(Instant from, Instant to) {
        return Numbers.seconds(Duration.between(from, to).toMillis() / 1e3);
    }

    private static String sentence(SpanFigures figures) {
        long calls = figures.all().latency().count();
        return calls == 0
                ? "Nobody called the engine."
                : Numbers.count(calls, "call") + ", " + Numbers.rate(calls / figures.seconds()) + "/s, "
                        + Numbers.count(figures.all().errors(), "error") + ".";
    }

    private static List<Figure> figures(SpanFigures span) {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("throughput", "/s", perSecond(span, span.all())));
        figures.add(Figure.of("errors", "", span.all().errors()));
        for (Operation operation : Operation.values()) {
            Calls calls = span.calls(operation);
            if (operation.isOfCaller() && calls.latency().count() > 0) {
                Percentiles times = calls.latency().percentiles();
                figures.add(figure(operation, calls, 50, times.p50()));
                figures.add(figure(operation, calls, 90, times.p90()));
                figures.add(figure(operation, calls, 99, times.p99()));
                figures.add(figure(operation, calls, 99.9, times.p999()));
                figures.add(Figure.of(operation.label() + ".throughput", "/s", perSecond(span, calls)));
            }
        }
        return figures;
    }

    private static Figure figure(Operation operation, Calls calls, double percentile, double ms) {
        String name = String.format(Locale.ROOT, "%s.p%s", operation.label(),
                Percentiles.name(percentile).substring(1).replace(".", ""));
        return new Figure(name, "ms", ms, !Percentiles.reliable(calls.latency().count(), percentile));
    }

    private static double perSecond(SpanFigures span, Calls calls) {
        return Math.max(0, calls.latency().count() - calls.errors()) / span.seconds();
    }
}
