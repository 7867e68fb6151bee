package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.lab.history.SampleRecordings;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.Comparisons;
import dev.memfuse.lab.compare.EqualArms;
import dev.memfuse.lab.history.LabRecorder;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioYaml;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.Sweeps;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.ServerRestart;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.recording.Figure;
import dev.memfuse.load.recording.LoadRecorder;
import dev.memfuse.load.recording.NewRecording;
import dev.memfuse.load.recording.Recorder;
import dev.memfuse.load.recording.RecordingContext;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.load.recording.RecordingTexts;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.recording.SideBySide;
import dev.memfuse.load.run.Loads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("timing")
final class HistoryCommandTest {
    /// A busy machine starts operations late, which makes a load void; it ran all the same.
    private static final Set<Integer> ENDED = Set.of(0, 3);

    @TempDir
    private Path folder;
    private final FakeProgramServices services = new FakeProgramServices();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String first = "";
    private String second = "";

    @BeforeEach
    void recordTwo() {
        services.recordings = new Recordings(folder.resolve("recordings"));
        first = add(Instant.parse("2026-11-26T10:00:00Z"), RecordingKind.LOAD, 10);
        second = add(Instant.parse("2026-11-27T10:00:00Z"), RecordingKind.COMPARISON, 15);
    }

    private String add(Instant at, RecordingKind kind, double p99) {
        return services.recordings.add(new NewRecording(kind, "Run of " + p99, at, at.plusSeconds(20), 42, "good",
                "Good: every limit was kept.", List.of(Figure.of("query.p99", "ms", p99)), List.of()), 1L << 30).id();
    }

    @AfterEach
    void close() {
        services.close();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return MemFuseCommand.run(services, new Terminal(new PrintWriter(out), new PrintWriter(err), false),
                Stream.concat(Stream.of("history"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void listsTheNewestFirstAndFiltersThem() {
        assertEquals(0, run("list"), err::toString);
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(1).startsWith(second), out.toString());
        assertTrue(lines.get(2).startsWith(first), out.toString());
        assertTrue(lines.get(3).startsWith("2 recordings, "), out.toString());
        assertEquals(0, run("list", "--kind", "load"), err::toString);
        assertFalse(out.toString().contains(second));
        assertEquals(0, run("list", "--tag", "none"));
        assertEquals("No recordings.", out.toString().strip());
        assertEquals(2, run("list", "--kind", "dream"));
        assertTrue(services.events.isEmpty(), "no engine starts");
    }

    @Test
    void changesWhatIsSaidAboutARecording() {
        assertEquals(0, run("rename", first, "Before the index"), err::toString);
        assertEquals(0, run("note", "20261126", "slow disk"), err::toString);
        assertEquals(0, run("tag", first, "disk", "night"), err::toString);
        assertEquals(0, run("tag", first, "--remove", "night"), err::toString);
        assertEquals(0, run("pin", first), err::toString);
        assertEquals(0, run("show", first), err::toString);
        String shown = out.toString();
        for (String part : List.of("Before the index", "slow disk", "query.p99", "10.0 ms", "42")) {
            assertTrue(shown.contains(part), shown);
        }
        assertTrue(shown.lines().anyMatch(line -> line.matches("pinned +yes")), shown);
        assertTrue(shown.contains("disk") && !shown.contains("night"), shown);
        assertEquals(0, run("note", first, "--clear"), err::toString);
        assertEquals(0, run("pin", first, "--off"), err::toString);
        assertEquals("", services.recordings.open(first).note());
        assertEquals(2, run("note", first));
        assertEquals(2, run("tag", first));
        assertEquals(2, run("tag", first, "not a word"));
    }

    @Test
    void listsTheMeasuredEffectsOfSettings() {
        assertEquals(0, run("effects"), err::toString);
        assertTrue(out.toString().contains("No setting was measured yet"), out.toString());

        SampleRecordings.comparison(services.recordings, folder, 0.45);
        assertEquals(0, run("effects"), err::toString);

        assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("buffer.bypass_mode")
                && line.contains("true instead of false") && line.contains("add p50 2.")
                && line.contains("measured on another machine")), out.toString());
    }

    @Test
    void laysTwoSideBySideAsUnpaired() {
        assertEquals(0, run("compare", first, second), err::toString);
        assertEquals(SideBySide.UNPAIRED, out.toString().lines().findFirst().orElseThrow());
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("query.p99 +10.0 ms +15.0 ms +1.500")),
                out.toString());
    }

    @Test
    void exportsDeletesAndImports() {
        Path file = folder.resolve("out/one.zip");
        assertEquals(0, run("export", first, file.toString()), err::toString);
        assertEquals(0, run("delete", first), err::toString);
        assertEquals(2, run("show", first));
        assertEquals(0, run("import", file.toString()), err::toString);
        assertEquals(0, run("show", first), err::toString);
        assertEquals(1, run("import", file.toString()));
        assertTrue(err.toString().contains("is present already"), err.toString());
        assertEquals(2, run("import", folder.resolve("none.zip").toString()));
    }

    @Test
    void deletesAPinnedOneOnlyWithAConfirmation() throws IOException {
        assertEquals(0, run("pin", second));
        assertEquals(2, run("delete", first, "last"));
        assertEquals(2, services.recordings.list().size());
        assertEquals(0, run("delete", "--yes", first, "last"), err::toString);
        assertTrue(services.recordings.list().isEmpty());
        try (Stream<Path> left = Files.list(services.recordings.folder())) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aDamagedOneIsListedAndCannotBeShown() throws IOException {
        Files.writeString(services.recordings.folder().resolve(first).resolve("manifest.json"), "{");
        assertEquals(0, run("list"), err::toString);
        assertTrue(out.toString().contains("manifest.json is not readable"), out.toString());
        assertEquals(1, run("show", first));
        assertTrue(err.toString().contains("cannot be opened"), err.toString());
    }

    @Test
    void replaysARecordedLoadWithItsSeedAndSettings() {
        Workload workload = Loads.open(200, 64, 4, Loads.QUERIES, Duration.ofMillis(300)).withSeed(7);
        MemFuseConfig config = ConfigValues.with(services.loads.tunables.get(), "postgres.pool_size", 7);
        Recorder written = new Recorder(services.recordings, () -> 1L << 30);
        LoadRecorder recorder = new LoadRecorder(written,
                new RecordingContext(of -> Optional.of(ScenarioYaml.write(Scenario.of(of))),
                        () -> Optional.of(config), Map::of, _ -> List.of()),
                new RecordingTexts(UnaryOperator.identity()));
        LoadResult recorded;
        try (LoadReservation reserved = services.loads.service.reserve("recording")) {
            recorded = Loads.result(reserved.start(workload, recorder));
        }
        String id = written.last().orElseThrow().id().orElseThrow();

        assertTrue(ENDED.contains(run("replay", id)), err::toString);
        LoadRun again = services.loads.service.runs().getLast();
        assertEquals(2, services.loads.service.runs().size());
        assertEquals(1, again.number(), "a load of a reservation has a number of its own");
        assertEquals(workload, again.workload());
        assertEquals(recorded.arrival().scheduled(), Loads.result(again).arrival().scheduled());
        Map<String, String> settings = Objects.requireNonNull(services.launched).settings();
        assertEquals("7", settings.get("postgres.pool_size"));
        assertFalse(settings.containsKey("postgres.url"));
        assertTrue(ENDED.contains(run("replay", id, "--set", "postgres.pool_size=9")), err::toString);
        assertEquals("9", Objects.requireNonNull(services.launched).settings().get("postgres.pool_size"));
        assertEquals(2, run("replay", id, "--profile", "legacy"));
        assertEquals(1, run("replay", second));
        assertTrue(err.toString().contains("recorded no plan"), err.toString());
    }

    private LabRecorder labRecorder(Recorder written) {
        return new LabRecorder(written, Map::of, _ -> List.of(), new RecordingTexts(UnaryOperator.identity()));
    }

    private Arm arm(int poolSize) {
        return new Arm("pool of " + poolSize,
                ConfigValues.with(services.loads.tunables.get(), "postgres.pool_size", poolSize));
    }

    @Test
    void replaysAndReportsARecordedComparison() throws IOException {
        Recorder written = new Recorder(services.recordings, () -> 1L << 30);
        ComparisonPlan plan = new ComparisonPlan(arm(7), arm(9),
                Loads.open(400, 64, 2, Loads.QUERIES, Duration.ofMillis(600)).withSeed(7), false,
                Metric.parse("query.p50"), 6, false, 0.05, 0);
        try (Comparisons comparisons = new Comparisons(services.loads.service, services.loads.tunables,
                ServerRestart.NONE, Optional::empty, new EqualArms(folder.resolve("equal-arms.csv")),
                labRecorder(written))) {
            comparisons.start(plan).result().join();
        }
        List<Workload> before = workloads();
        String id = written.last().orElseThrow().id().orElseThrow();
        List<Integer> pools = new ArrayList<>();
        services.loads.tunables.onChange(change -> pools.add(change.after().postgres().poolSize()));

        run("replay", id);

        assertEquals(12, before.size());
        assertEquals(before, workloads().subList(12, 24), err::toString);
        assertTrue(pools.containsAll(List.of(7, 9)), pools.toString());
        assertEquals("7", Objects.requireNonNull(services.launched).settings().get("postgres.pool_size"));
        assertTrue(out.toString().contains("pool of 9"), out.toString());
        Path report = folder.resolve("report.html");
        assertEquals(0, run("report", id, report.toString()), err::toString);
        assertTrue(Files.readString(report).contains("pool of 9"));
    }

    private List<Workload> workloads() {
        return services.loads.service.runs().stream().map(LoadRun::workload).toList();
    }

    @Test
    void replaysAndReportsARecordedSweep() throws IOException {
        Recorder written = new Recorder(services.recordings, () -> 1L << 30);
        SweepPlan plan = new SweepPlan("postgres.pool_size", List.of(2.0, 4.0), services.loads.tunables.get(),
                Loads.closed(2, Loads.QUERIES, Duration.ZERO, Duration.ofMillis(100)), 2);
        try (Sweeps sweeps = new Sweeps(services.loads.service, services.loads.tunables, ServerRestart.NONE,
                labRecorder(written)::sweep)) {
            sweeps.start(plan).result().join();
        }
        List<Workload> before = workloads();
        String id = written.last().orElseThrow().id().orElseThrow();

        run("replay", id);

        assertEquals(4, before.size());
        assertEquals(before, workloads().subList(4, 8), err::toString);
        Path report = folder.resolve("sweep.html");
        assertEquals(0, run("report", id, report.toString()), err::toString);
        assertTrue(Files.readString(report).contains("Sweep of postgres.pool_size"));
    }

    @Test
    void withoutAnActionItIsWrongUsage() {
        assertEquals(2, run());
        assertTrue(err.toString().contains("history list"), err.toString());
    }
}
