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
import java.time.Instant;
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
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.Evidence;
import dev.memfuse.lab.advice.Prediction;
import dev.memfuse.lab.advice.Setting;
import dev.memfuse.lab.advice.run.AdvicePlan;
import dev.memfuse.lab.advice.run.AdviceReport;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.advice.run.AdviceTrials;
import dev.memfuse.lab.advice.run.TrialPlan;
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
import dev.memfuse.lab.trial.ServerRestart;
import dev.memfuse.lab.tune.Goal;
import dev.memfuse.lab.tune.TriedCandidate;
import dev.memfuse.lab.tune.TunePlan;
import dev.memfuse.lab.tune.TuneResult;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("timing")
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
        try (Comparisons comparisons = new Comparisons(loads.service, loads.tunables, ServerRestart.NONE,
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
        try (Sweeps sweeps = new Sweeps(loads.service, loads.tunables, ServerRestart.NONE, recorder::sweep)) {
            result = sweeps.start(plan).result().orTimeout(60, TimeUnit.SECONDS).join();
        }
        Manifest manifest = recordings.open(Recordings.LAST);
        assertEquals(RecordingKind.SWEEP, manifest.kind());
        assertEquals(result.points().stream().map(point -> Optional.of(point.throughputPerS())).toList(),
                manifest.figures().stream().map(figure -> Optional.ofNullable(figure.value())).toList());
        assertTrue(recordings.text(manifest, "result.json").contains("postgres.pool_size"));
        assertEquals(result, new RecordedResults(recordings).sweep(Recordings.LAST));
    }

    private static Advice advice() {
        return new Advice("statements_per_operation", 60, "An operation asks the database many times (N+1).",
                "Because.", List.of(new Evidence("it took 4 ms", Instant.parse("2026-11-27T14:02:00Z"))),
                List.of(new Setting("queries.consolidated", "true")), "",
                new Prediction("query.p50", 0.5, "fewer round trips"));
    }

    @Test
    void adviceIsRecordedWithItsLoadAndRunAgain() {
        AdvicePlan plan = new AdvicePlan(Loads.open(600, 500, 4, Loads.QUERIES, Duration.ofSeconds(6)), 400);
        AdviceReport report = new AdviceReport(1, Instant.parse("2026-11-27T14:02:00Z"), false, "1 rule.", true,
                List.of("The load is not good."), List.of(advice()), "600 operations/s", Map.of("java", "25"));

        recorder.advice(plan, loads.tunables.get(), report);

        Manifest manifest = recordings.open(Recordings.LAST);
        assertEquals(RecordingKind.ADVICE, manifest.kind());
        assertEquals("warning", manifest.outcome());
        assertEquals(Optional.of(60.0), manifest.figure("statements_per_operation").map(Figure::value));
        RecordedResults.Advised opened = new RecordedResults(recordings).advice(Recordings.LAST);
        assertEquals(report, opened.report());
        assertEquals(plan.load().arrival(), opened.load().arrival());
        AdvicePlan again = new RecordedExperiments(recordings).advice(manifest).plan().apply(loads.tunables.get());
        assertEquals(plan.load().mix(), again.load().mix());
        assertEquals(400, again.recallTurns());
        assertTrue(new RecordedReport(recordings).html(Recordings.LAST).contains("(N+1)"));
    }

    @Test
    void aTrialIsRecordedWithItsAdviceAndTriedAgain() {
        ComparisonPlan comparison = new ComparisonPlan(arm("postgres.pool_size=10"), arm("postgres.pool_size=11"),
                Loads.open(600, 500, 4, Loads.QUERIES, Duration.ofMillis(450)), false, Metric.parse("query.p50"), 6,
                false, 0.03, 0).withGuardrails();
        AdviceTrial trial;
        try (AdviceTrials trials = new AdviceTrials(loads.service, loads.tunables, Optional::empty, recorder::trial)) {
            trial = trials.start(new TrialPlan(advice(), comparison)).result().orTimeout(60, TimeUnit.SECONDS).join();
        }

        Manifest manifest = recordings.open(Recordings.LAST);
        assertEquals(RecordingKind.TRIAL, manifest.kind());
        assertEquals(trial.outcome().label(), manifest.outcome());
        assertEquals(trial.sentence(), manifest.sentence());
        assertEquals(trial, new RecordedResults(recordings).trial(Recordings.LAST));
        assertEquals(1 + trial.comparison().blocks().size(),
                recordings.text(manifest, "blocks.csv").lines().count());
        TrialPlan again = new RecordedExperiments(recordings).trial(manifest).plan().apply(loads.tunables.get());
        assertEquals(advice(), again.advice());
        assertTrue(again.comparison().guarded());
        assertEquals(11, again.comparison().b().config().postgres().poolSize());
        assertTrue(new RecordedReport(recordings).html(Recordings.LAST).contains("Predicted: query.p50"));
    }

    @Test
    void aTuningIsRecordedWithItsProfilesAndRunAgain() {
        TunePlan plan = new TunePlan(new Arm("as it runs", loads.tunables.get()), Goal.parse("minimise query.p50"),
                Map.of("good", arm("postgres.pool_size=11").config()), List.of("layers"),
                Loads.open(600, 500, 4, Loads.QUERIES, Duration.ofMillis(450)), false, Duration.ofMinutes(2));
        TuneResult result = new TuneResult(1, Instant.parse("2026-11-27T14:02:00Z"), false, plan.goal().text(),
                "Better than the start: candidate 1.", true, List.of(), 1, plan.start().config()
                        .equals(arm("postgres.pool_size=11").config())
                                ? List.of()
                                : ConfigDiff.between(plan.start().config(), arm("postgres.pool_size=11").config()),
                null, null, List.of(new TriedCandidate(0, "as it runs", List.of(), 2, 4.0,
                        Map.of("query.p50", 2.5), "the start")),
                Map.of("seed", "42"), Map.of("java", "25"));

        recorder.tuning(plan, result);

        Manifest manifest = recordings.open(Recordings.LAST);
        assertEquals(RecordingKind.TUNING, manifest.kind());
        assertEquals("better", manifest.outcome());
        assertEquals(result, new RecordedResults(recordings).tuning(Recordings.LAST));
        TunePlan again = new RecordedExperiments(recordings).tuning(manifest).plan().apply(loads.tunables.get());
        assertEquals(plan.goal(), again.goal());
        assertEquals(plan.budget(), again.budget());
        assertEquals(List.of("layers"), again.kept());
        assertEquals(List.of("good"), List.copyOf(again.profiles().keySet()));
        assertEquals(11, again.profiles().values().iterator().next().postgres().poolSize());
        assertTrue(new RecordedReport(recordings).html(Recordings.LAST).contains("Everything that was tried"));
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
