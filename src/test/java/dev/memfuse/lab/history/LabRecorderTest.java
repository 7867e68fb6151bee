package dev.memfuse.lab.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.lab.compare.Block;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.Comparisons;
import dev.memfuse.lab.compare.EqualArms;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.scenario.ScenarioFile;
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
    private LabRecorder recorder = new LabRecorder(new Recorder(recordings, () -> 0), Map::of,
            new RecordingTexts(UnaryOperator.identity()));

    @BeforeEach
    void open() {
        recordings = new Recordings(folder.resolve("recordings"));
        recorder = new LabRecorder(new Recorder(recordings, () -> 1L << 30), () -> Map.of("work_mem", "4MB"),
                new RecordingTexts(UnaryOperator.identity()));
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
        Workload block = ScenarioFile.parse("scenario.yaml", recordings.text(manifest, "scenario.yaml"), folder)
                .workload();
        assertEquals(plan.block().mix(), block.mix());
        assertTrue(recordings.text(manifest, "environment.json").contains("work_mem"));
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
    }
}
