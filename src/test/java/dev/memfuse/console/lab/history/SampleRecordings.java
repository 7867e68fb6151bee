package dev.memfuse.console.lab.history;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.console.lab.compare.SampleComparison;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.StandardBlock;
import dev.memfuse.lab.history.LabRecorder;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioYaml;
import dev.memfuse.lab.scorecard.SampleScorecard;
import dev.memfuse.lab.scorecard.ScorecardPlan;
import dev.memfuse.lab.sweep.SampleSweep;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.recording.Figure;
import dev.memfuse.load.recording.LoadRecorder;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.NewRecording;
import dev.memfuse.load.recording.ObservationRecorder;
import dev.memfuse.load.recording.Recorder;
import dev.memfuse.load.recording.RecordingContext;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.load.recording.RecordingTexts;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.run.Loads;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SampleSlices;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.span.TimeSpan;

/// Recordings of every kind, written as the program writes them.
public final class SampleRecordings {
    private static final long LIMIT = 1L << 30;
    private static final RecordingTexts TEXTS = new RecordingTexts(UnaryOperator.identity());

    private SampleRecordings() {}

    private static LabRecorder recorder(Recordings recordings) {
        return new LabRecorder(new Recorder(recordings, () -> LIMIT), Map::of, _ -> List.of(), TEXTS);
    }

    /// Records a comparison.
    ///
    /// @param folder holds no profiles
    public static Manifest comparison(Recordings recordings, Path folder, double factor) {
        Arms arms = new Arms(new FileProfiles(folder), new ConfigLoader().load());
        ComparisonPlan plan = new ComparisonPlan(arms.arm(Optional.empty(), List.of("buffer.bypass_mode=false")),
                arms.arm(Optional.empty(), List.of("buffer.bypass_mode=true")), StandardBlock.workload(), true,
                Metric.parse(StandardBlock.PRIMARY), 10, false, ComparisonPlan.MARGIN, 0);
        ComparisonResult result = SampleComparison.result(plan, 10, factor, List.of());
        return recordings.add(new NewRecording(RecordingKind.COMPARISON, result.b() + " against " + result.a(),
                result.startedAt(), result.startedAt().plusSeconds(220), 42, result.decision().label(),
                result.sentence(),
                result.metrics().stream()
                        .map(metric -> Figure.of(metric.name() + " B/A", "", metric.ratio().ratio())).toList(),
                List.of(TEXTS.json("result.json", result))), LIMIT);
    }

    /// Records a scorecard.
    public static Manifest scorecard(Recordings recordings) {
        recorder(recordings).scorecard(ScorecardPlan.quick(), SampleScorecard.result(8));
        return newest(recordings, RecordingKind.SCORECARD);
    }

    /// Records a sweep.
    public static Manifest sweep(Recordings recordings, List<Double> values) {
        recorder(recordings).sweep(new SweepPlan("postgres.pool_size", values, new ConfigLoader().load(),
                SweepPlan.POINT, 2), SampleSweep.result("postgres.pool_size", values, null));
        return newest(recordings, RecordingKind.SWEEP);
    }

    /// Runs and records a short load.
    public static Manifest load(Recordings recordings) {
        try (Loads loads = new Loads()) {
            LoadRecorder recorder = new LoadRecorder(new Recorder(recordings, () -> LIMIT),
                    new RecordingContext(workload -> Optional.of(ScenarioYaml.write(Scenario.of(workload))),
                            Optional::empty, Map::of, _ -> List.of()),
                    TEXTS);
            Loads.result(loads.service.reserve("recording")
                    .start(Loads.open(300, 64, 4, Loads.QUERIES, Duration.ofMillis(300)), recorder));
        }
        return newest(recordings, RecordingKind.LOAD);
    }

    /// Records three seconds in which a client added.
    public static Manifest observation(Recordings recordings) {
        Instant start = Instant.parse("2026-03-01T12:00:00Z");
        MetricsHub hub = new MetricsHub(Clock.systemUTC());
        for (int second = 0; second < 3; second++) {
            SnapshotFeed.slice(hub,
                    SampleSlices.at(start.plusSeconds(second)).calls(Operation.ADD, 50, 2, 0).second());
        }
        return new ObservationRecorder(recordings, () -> LIMIT, hub,
                new ObservationRecorder.Surroundings(new ConfigLoader()::load, Map::of, RecordingContext.NONE), TEXTS)
                .record(new TimeSpan(start, start.plusSeconds(3)));
    }

    private static Manifest newest(Recordings recordings, RecordingKind kind) {
        return recordings.list().stream().map(entry -> recordings.open(entry.id()))
                .filter(manifest -> manifest.kind() == kind).findFirst().orElseThrow();
    }
}
