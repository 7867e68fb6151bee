package dev.memfuse.lab.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.lab.compare.Block;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.Comparisons;
import dev.memfuse.lab.compare.EqualArms;
import dev.memfuse.lab.paired.Direction;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.PairedRatios;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.lab.scenario.ScenarioFile;
import dev.memfuse.lab.scorecard.SampleScorecard;
import dev.memfuse.lab.scorecard.ScorecardPlan;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.sweep.Sweeps;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Workload;
import dev.memfuse.load.recording.Figure;
import dev.memfuse.load.recording.LatencyLog;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recorder;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.load.recording.RecordingTexts;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.run.Loads;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabRecorderTest {
    @TempDir
    private Path folder;
    private final Loads loads = new Loads(Duration.ofSeconds(5), "load.keep_data=false");
    private Recordings recordings = new Recordings(Path.of(""));
    private LabRecorder recorder = new LabRecorder(new Recorder(recordings, () -> 0), Map::of, _ -> List.of(),
            new RecordingTexts(UnaryOperator.identity()));

    @BeforeEach
    void open() {
        recordings = new Recordings(folder.resolve("recordings"));
        recorder = new LabRecorder(new Recorder(recordings, () -> 1L << 30), () -> Map.of("work_mem", "4MB"),
                _ -> List.of("INFO Program: the login was user:secret"),
                new RecordingTexts(text -> text.replace("user:secret", "***")));
    }

    @AfterEach
    void close() {
        loads.close();
    }

    private Arm arm(String setting) {
        return new Arms(new FileProfiles(folder), loads.tunables.get()).arm(Optional.empty(), List.of(setting));
    }

    @Test
    void aComparisonIsComputedAgainFromTheDistributionsOfItsBlocks() throws IOException {
        ComparisonPlan plan = new ComparisonPlan(arm("postgres.pool_size=10"), arm("postgres.pool_size=11"),
                Loads.open(600, 500, 4, Loads.QUERIES, Duration.ofMillis(450)), false, Metric.parse("query.p50"), 6,
                false, 0.03, 0);
        ComparisonResult result;
        try (Comparisons comparisons = new Comparisons(loads.service, loads.tunables,
                () -> Optional.of(loads.engine), new EqualArms(folder.resolve("equal-arms.csv")), recorder)) {
            result = comparisons.start(plan).result().orTimeout(60, TimeUnit.SECONDS).join();
        }
        Manifest manifest = recordings.open(Recordings.LAST);
        assertEquals(RecordingKind.COMPARISON, manifest.kind());
        assertEquals(result.sentence(), manifest.sentence());
        assertEquals(Optional.of(result.primary().ratio().ratio()),
                manifest.figure("query.p50 B/A").map(Figure::value));

        Map<String, Histogram> blocks = LatencyLog.read(new ByteArrayInputStream(
                recordings.text(manifest, "latency.hlog").getBytes(StandardCharsets.UTF_8)));
        assertEquals(result.blocks().size(), blocks.size());
        List<Double> again = new ArrayList<>();
        for (Block block : result.blocks()) {
            Histogram latency = Objects
                    .requireNonNull(blocks.get(block.arm() + "." + block.pair() + ".query"));
            assertEquals(block.operations(), latency.getTotalCount());
            assertEquals(block.values().get("query.p50"), Percentiles.ms(latency, 50));
            again.add(Percentiles.ms(latency, 50));
        }
        assertEquals(12, again.size());
        assertTrue(recordings.text(manifest, "config-b.yaml").contains("pool_size: 11"));
        assertFalse(recordings.text(manifest, "config-a.yaml").contains("\n  url:"));
        assertEquals(13, recordings.text(manifest, "blocks.csv").lines().count());
        assertRatios(result, recordings.text(manifest, "blocks.csv"));
        assertEquals("INFO Program: the login was ***\n", recordings.text(manifest, "log.txt"));
        Workload block = ScenarioFile.parse("scenario.yaml", recordings.text(manifest, "scenario.yaml"), folder)
                .workload();
        assertEquals(plan.block().mix(), block.mix());
        assertTrue(recordings.text(manifest, "environment.json").contains("work_mem"));
        assertEquals(new RecordedResults.Comparison(result, 0.03, 6),
                new RecordedResults(recordings).comparison(Recordings.LAST));
    }

    /// Computes the estimate of each metric again, from the file alone.
    private static void assertRatios(ComparisonResult result, String csv) {
        List<String[]> rows = csv.lines().map(line -> line.split(",", -1)).toList();
        List<String> head = List.of(rows.getFirst());
        for (MetricResult metric : result.metrics()) {
            int column = head.indexOf(metric.name());
            assertTrue(column >= 0, metric.name() + " in " + head);
            Map<String, Double> a = new TreeMap<>();
            Map<String, Double> b = new TreeMap<>();
            for (String[] row : rows.subList(1, rows.size())) {
                if (!row[column].isEmpty()) {
                    (row[head.indexOf("arm")].equals("B") ? b : a).put(
                            String.format(Locale.ROOT, "%05d", Integer.parseInt(row[head.indexOf("pair")])),
                            Double.parseDouble(row[column]));
                }
            }
            RatioEstimate again = PairedRatios.of(values(a), values(b)).estimate(0.03, ComparisonPlan.ALPHA,
                    metric.higherIsBetter() ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER);
            assertEquals(metric.ratio().ratio(), again.ratio(), 1e-9, metric.name());
            assertEquals(metric.ratio().low(), again.low(), 1e-9, metric.name());
            assertEquals(metric.ratio().high(), again.high(), 1e-9, metric.name());
        }
    }

    private static double[] values(Map<String, Double> byPair) {
        return byPair.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void aSweepIsRecordedWithTheThroughputOfEachValue() {
        SweepPlan plan = new SweepPlan("postgres.pool_size", List.of(2.0, 4.0), loads.tunables.get(),
                Loads.closed(2, Loads.QUERIES, Duration.ZERO, Duration.ofMillis(200)), 1);
        SweepResult result;
        try (Sweeps sweeps = new Sweeps(loads.service, loads.tunables, recorder::sweep)) {
            result = sweeps.start(plan).result().orTimeout(60, TimeUnit.SECONDS).join();
        }
        Manifest manifest = recordings.open(Recordings.LAST);
        assertEquals(RecordingKind.SWEEP, manifest.kind());
        assertEquals(result.points().stream().map(point -> Optional.of(point.throughputPerS())).toList(),
                manifest.figures().stream().map(figure -> Optional.ofNullable(figure.value())).toList());
        assertTrue(recordings.text(manifest, "result.json").contains("postgres.pool_size"));
        assertEquals(result, new RecordedResults(recordings).sweep(Recordings.LAST));
    }

    @Test
    void aScorecardIsOpenedAsItWasShown() {
        ScorecardResult result = SampleScorecard.result(8);
        recorder.scorecard(ScorecardPlan.quick(), result);

        assertEquals(result, new RecordedResults(recordings).scorecard(Recordings.LAST));
    }

    @Test
    void aRecordingIsOpenedAsItsKindOnly() {
        recorder.scorecard(ScorecardPlan.quick(), SampleScorecard.result(8));

        RecordingException refused = assertThrows(RecordingException.class,
                () -> new RecordedResults(recordings).sweep(Recordings.LAST));
        assertTrue(String.valueOf(refused.getMessage()).endsWith(" is a scorecard, not a sweep."));
    }
}
