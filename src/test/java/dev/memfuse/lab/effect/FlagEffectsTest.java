package dev.memfuse.lab.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.console.lab.compare.SampleComparison;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.StandardBlock;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.lab.scorecard.SampleScorecard;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.NewRecording;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.load.recording.RecordingTexts;
import dev.memfuse.load.recording.Recordings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagEffectsTest {
    private static final String BYPASS = "buffer.bypass_mode";
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final RecordingTexts TEXTS = new RecordingTexts(UnaryOperator.identity());
    private static final Map<String, String> HERE = Map.of("program_version", "0.2.0", "cpu_model", "One",
            "cpu_count", "2", "memory_mib", "8000");

    @TempDir
    private Path folder;
    private Recordings recordings = new Recordings(Path.of(""));
    private FlagEffects effects = new FlagEffects(recordings, new FileProfiles(Path.of("")), Origin.of(HERE));

    @BeforeEach
    void open() {
        recordings = new Recordings(folder.resolve("recordings"));
        effects = new FlagEffects(recordings, new FileProfiles(folder), Origin.of(HERE));
    }

    /// Records a comparison in which B takes `factor` times the time of A.
    private Manifest record(Instant at, double factor, Map<String, String> environment, List<String> a,
            List<String> b) {
        return record(at, factor, environment, a, b, List.of());
    }

    private Manifest record(Instant at, double factor, Map<String, String> environment, List<String> a,
            List<String> b, List<String> problems) {
        Arms arms = new Arms(new FileProfiles(folder), new ConfigLoader().load());
        ComparisonPlan plan = new ComparisonPlan(arms.arm(Optional.empty(), a), arms.arm(Optional.empty(), b),
                StandardBlock.workload(), true, Metric.parse("add.p50"), 10, false, ComparisonPlan.MARGIN, 0);
        ComparisonResult made = SampleComparison.result(plan, 10, factor, List.of());
        ComparisonResult result = new ComparisonResult(1, at, false, made.a(), made.b(), made.differences(),
                made.decision(), made.sentence(), problems, made.metrics(), made.recall(), made.spectra(),
                made.blocks(), made.design(), environment);
        return recordings.add(new NewRecording(RecordingKind.COMPARISON, "one", at, at.plusSeconds(220), 42,
                result.decision().label(), result.sentence(), List.of(), List.of(TEXTS.json("result.json", result))),
                1L << 30);
    }

    private Manifest record(Instant at, double factor, Map<String, String> environment) {
        return record(at, factor, environment, List.of(BYPASS + "=false"), List.of(BYPASS + "=true"));
    }

    private MeasuredEffect bypass() {
        return of(BYPASS);
    }

    private MeasuredEffect of(String path) {
        return Objects.requireNonNull(effects.latest().get(path), path);
    }

    @Test
    void theNewestComparisonOfASettingIsItsEffectWithMetricIntervalAndAge() {
        record(START, 1.5, HERE);
        Manifest newest = record(START.plusSeconds(3600), 0.45, HERE);

        MeasuredEffect effect = bypass();

        assertEquals(newest.id(), effect.recording());
        assertTrue(effect.figure().matches("add p50 2\\.\\dx better \\[\\d\\.\\d, \\d\\.\\d]"), effect.figure());
        assertTrue(effect.line(newest.endedAt().plus(Duration.ofDays(3)))
                .matches("true instead of false: add p50 .*, 3 days ago"), effect.line(START));
    }

    @Test
    void aComparisonThatDoesNotCountLeavesItsEffectUndecided() {
        List<String> busy = List.of("2 of 10 blocks of arm A are not valid.");
        record(START, 0.45, HERE, List.of(BYPASS + "=false"), List.of(BYPASS + "=true"), busy);
        assertTrue(bypass().figure().startsWith("add p50 undecided, 0."), bypass().figure());

        record(START.plusSeconds(60), 2, HERE, List.of(BYPASS + "=false"), List.of(BYPASS + "=true"), busy);
        assertTrue(bypass().figure().contains(" worse "), bypass().figure());
    }

    @Test
    void aSettingThatNobodyComparedHasNoEffect() {
        record(START, 0.45, HERE);

        assertEquals(Set.of(BYPASS), effects.latest().keySet());
    }

    @Test
    void whatHoldsHereComesBeforeNewerFiguresOfAnotherMachineOrVersion() {
        Manifest first = record(START, 0.45, HERE);
        record(START.plusSeconds(60), 0.3, with("cpu_model", "Two"));
        record(START.plusSeconds(120), 0.3, with("program_version", "0.1.0"));

        assertEquals(first.endedAt(), bypass().at());
    }

    @Test
    void aFigureOfAnotherMachineOrVersionSaysSo() {
        record(START, 0.45, with("cpu_model", "Two"));
        assertTrue(bypass().line(START).endsWith("just now, measured on another machine"), bypass().line(START));

        record(START.plusSeconds(60), 0.45, with("program_version", "0.1.0"));
        assertTrue(bypass().line(START).endsWith("measured with another version"), bypass().line(START));
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new HashMap<>(HERE);
        environment.put(name, value);
        return environment;
    }

    @Test
    void aSettingThatChangedAloneComesBeforeNewerChangesOfSeveral() {
        record(START, 0.45, HERE);
        record(START.plusSeconds(60), 0.3, HERE, List.of(BYPASS + "=false"),
                List.of(BYPASS + "=true", "postgres.pool_size=5"));

        assertEquals(List.of(), bypass().together());
        assertEquals("5 instead of 10, together with " + BYPASS,
                of("postgres.pool_size").change());
    }

    @Test
    void aScorecardTellsTheEffectOfThePhasesInWhichASettingChanges() {
        ScorecardResult made = SampleScorecard.result(8);
        ScorecardResult result = new ScorecardResult(1, START, 60, false, 8, made.promises(), made.blocks(), HERE);
        recordings.add(new NewRecording(RecordingKind.SCORECARD, "card", START, START.plusSeconds(60), 1, "measured",
                "kept", List.of(), List.of(TEXTS.json("result.json", result))), 1L << 30);

        MeasuredEffect layers = of("layers.m1.enabled");

        assertEquals(RecordingKind.SCORECARD, layers.kind());
        assertEquals("layer processing", layers.metric());
        assertTrue(layers.change().startsWith("false instead of true, together with"), layers.change());
        assertEquals(Decision.BETTER, layers.ratio().decision());
        assertTrue(layers.together().contains("memory_service.parallel_enabled"), layers.together().toString());
    }

    @Test
    void aDamagedRecordingIsLeftOut() throws IOException {
        Manifest damaged = record(START.plusSeconds(60), 0.3, HERE);
        Manifest first = record(START, 0.45, HERE);
        overwrite(damaged);

        assertEquals(first.endedAt(), bypass().at());
    }

    /// Replaces the result by other bytes of the same length.
    private void overwrite(Manifest manifest) throws IOException {
        Path file = folder.resolve("recordings").resolve(manifest.id()).resolve("result.json");
        Files.writeString(file, "x".repeat((int) Files.size(file)), StandardCharsets.UTF_8);
    }

    @Test
    void aSecondReadingOpensNewRecordingsOnly() throws IOException {
        Manifest first = record(START, 0.45, HERE);
        MeasuredEffect known = bypass();
        overwrite(first);

        assertEquals(known, bypass());
    }

    @Test
    void theEffectOfADeletedRecordingIsGone() {
        Manifest only = record(START, 0.45, HERE);
        assertEquals(1, effects.latest().size());
        recordings.delete(only.id());

        assertEquals(Map.of(), effects.latest());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "BETTER; 0.5; 0.4; 0.625; false; add p50 2.0x better [1.6, 2.5]",
            "WORSE; 2.21; 2.03; 2.4; false; add p50 2.2x worse [2.0, 2.4]",
            "BETTER; 1.21; 1.1; 1.3; true; add p50 1.21x better [1.10, 1.30]",
            "SAME; 1.01; 0.99; 1.02; false; add p50 the same, 1.01x [0.99, 1.02]",
            "NOT_ENOUGH; 1.3; 0.9; 1.8; false; add p50 undecided, 1.30x [0.90, 1.80]",
            "NOT_ENOUGH; 1.3; 0; Infinity; false; add p50 undecided, 1.30x",
            "BETTER; 0.00005; 0.00004; 0.0001; false; add p50 20000x better [10000, 25000]",
            "NOT_ENOUGH; NaN; 0; Infinity; false; add p50 not measured"})
    void theFigureSaysHowManyTimesBetterOrWorse(Decision decision, double ratio, double low, double high,
            boolean higher, String expected) {
        MeasuredEffect effect = new MeasuredEffect("id", RecordingKind.COMPARISON, START, BYPASS, "false", "true",
                List.of(), "add.p50", higher, new RatioEstimate(ratio, low, high, 0.01, "test", 10, decision, 0),
                MeasuredEffect.Validity.CURRENT);

        assertEquals(expected, effect.figure());
    }

    @ParameterizedTest
    @CsvSource({"PT5S, just now", "PT1M, 1 minute ago", "PT59M, 59 minutes ago", "PT3H, 3 hours ago",
            "PT24H, 1 day ago", "P9D, 9 days ago"})
    void theAgeIsInTheLargestUnit(Duration age, String expected) {
        MeasuredEffect effect = new MeasuredEffect("id", RecordingKind.COMPARISON, START, BYPASS, "false", "true",
                List.of(), "add.p50", false, new RatioEstimate(1, 1, 1, 1, "test", 10, Decision.SAME, 0),
                MeasuredEffect.Validity.CURRENT);

        assertEquals(expected, effect.age(START.plus(age)));
    }
}
