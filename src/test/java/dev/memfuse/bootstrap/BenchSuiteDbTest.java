package dev.memfuse.bootstrap;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.suite.BenchSuite;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.probe.Credentials;
import dev.memfuse.store.TestFolders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs each benchmark for a moment: whether its figures agree with each other, not how large they are.
@Tag("db")
class BenchSuiteDbTest {
    private static final Duration MOMENT = Duration.ofMillis(300);

    private Path folder;
    private AppGraph graph;

    @BeforeEach
    void start() throws Exception {
        folder = TestFolders.create();
        TestServer.TestDatabase place = TestServer.newDatabase();
        graph = new AppGraph(
                new LaunchOptions(Optional.empty(), Optional.empty(), Map.of("postgres.url", place.jdbcUrl()),
                        Optional.empty(), Optional.of(folder.resolve("data")), true, List.of()),
                new ProgramLog(), () -> new Credentials(Optional.of(place.user()), Optional.of(place.password())));
        graph.host().start();
        await("the engine is ready", () -> graph.host().state() instanceof EngineState.Ready);
    }

    @AfterEach
    void close() {
        graph.close();
        TestFolders.remove(folder);
    }

    private static BenchTask.Options moment(String name, Duration duration) {
        return new BenchTask.Options(List.of(name), BenchTask.Extent.QUICK, duration,
                Duration.ofMillis(50), 10, List.of(2));
    }

    private BenchReport.Result measure(String name) throws InterruptedException {
        return measure(name, MOMENT);
    }

    private BenchReport.Result measure(String name, Duration duration) throws InterruptedException {
        MemFuseConfig before = graph.tunables().get();

        BenchReport report = new BenchSuite(new GraphBenchTarget(graph)).run(moment(name, duration), _ -> {});

        assertTrue(report.complete());
        assertEquals(before, graph.tunables().get(), "the settings are as they were");
        assertTrue(report.environment().getOrDefault("database", "").contains("PostgreSQL"),
                report.environment().toString());
        BenchReport.Result result = report.results().getFirst();
        assertEquals(name, result.name());
        return result;
    }

    private static double figure(BenchReport.Result result, String name) {
        Double value = valueOf(result, name);
        assertTrue(value != null, name + " has no value");
        return value;
    }

    private static @Nullable Double valueOf(BenchReport.Result result, String name) {
        return result.figures().stream().filter(figure -> figure.name().equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + result.figures())).value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "embed", "http"})
    void comparesTheEngineWithItsFloorWithoutErrors(String name) throws InterruptedException {
        assertConsistent(measure(name));
    }

    private static void assertConsistent(BenchReport.Result result) {
        assertFalse(result.rows().isEmpty());
        for (BenchReport.Row row : result.rows()) {
            for (BenchReport.Side side : List.of(row.engine(), row.floor())) {
                assertEquals(0, side.errors(), row.toString());
                assertTrue(side.calls() > 0, row.toString());
                assertEquals(side.calls(), side.latency().count(), row.toString());
                assertTrue(side.perS() > 0, row.toString());
            }
        }
    }

    @Test
    void ingestLosesAndDoublesNothing() throws InterruptedException {
        BenchReport.Result result = measure("ingest");

        assertConsistent(result);
        for (String way : List.of("bypass", "journal")) {
            assertEquals(0, figure(result, "acknowledged and not stored once, " + way + ", callers 4"));
        }
    }

    @Test
    void journalKnowsTheSizeOfItsRecordsAndLeavesNoFile() throws Exception {
        BenchReport.Result result = measure("journal");

        assertConsistent(result);
        assertTrue(figure(result, "record in the journal") > 170, "more than its text");
        try (Stream<Path> left = Files.list(folder.resolve("data").resolve("bench"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void queryCountsItsQueries() throws InterruptedException {
        BenchReport.Result result = measure("query");

        assertTrue(figure(result, "queries at 1,000 turns") > 0);
        assertTrue(figure(result, "first query of a user without an index, which builds it, at 1,000 turns") > 0);
    }

    @Test
    @Tag("slow")
    void speculationComparesOnAndOffAndCountsItsAnswers() throws InterruptedException {
        BenchReport.Result result = measure("speculation");

        assertConsistent(result);
        assertEquals(12, result.rows().size(), "queries and writes of three habits under two loads");
        for (String habit : List.of("new questions", "the same four questions", "the turn just said")) {
            String what = ": 4 users who pause 200 ms before they ask, " + habit;
            double ahead = figure(result, "answers ahead for each query" + what);
            double rate = figure(result, "hit rate, used of those worked out" + what);
            double answered = figure(result, "queries answered ahead" + what);
            assertTrue(ahead > 0, habit);
            assertEquals(answered, rate * ahead, 1e-9, habit);
        }
    }

    @Test
    void networkComparesTheProxyWithADirectConnectionAndIsNeverEarly() throws InterruptedException {
        // A median over a network of 2 ms needs 200 round trips, which take longer on a busy machine.
        Duration duration = Duration.ofMillis(1500);
        BenchReport.Result result = measure("network", duration);
        while (valueOf(result, "round trip of 2 ms, beyond it, p50") == null && duration.toSeconds() < 20) {
            duration = duration.multipliedBy(2);
            result = measure("network", duration);
        }

        assertConsistent(result);
        assertEquals(1, result.rows().size());
        assertTrue(figure(result, "cost of the proxy, p50") > 0);
        for (String trip : List.of("0.5", "2")) {
            assertTrue(figure(result, "round trip of " + trip + " ms, beyond it, p50") > 0, trip);
        }
        assertTrue(graph.tunables().get().network().isDirect());
    }

    @Test
    @Tag("slow")
    void startMeasuresAFirstAndALaterStartAndWhatATurnTakes() throws Exception {
        BenchReport.Result result = measure("start");

        assertTrue(figure(result, "first start to first acknowledged message") > 0);
        assertTrue(figure(result, "later start to first acknowledged message") > 0);
        assertTrue(figure(result, "heap for 1,000 idle users") > 0);
        double cached = figure(result, "first access of a user, p50");
        assertTrue(cached > 0, cached + " ms");
        assertTrue(figure(result, "first access of a user without the service cache, p50") > 10 * cached);
        assertTrue(figure(result, "bytes in the database of a turn of 170 bytes, rounds of 10") > 170);
        assertTrue(figure(result, "bytes in the journal of a turn of 170 bytes, rounds of 10") > 170);
        for (String kind : List.of("first start of the program to %s", "start of the program to %s, median of 2",
                "start of the program to %s, shortest", "start of the program to %s, longest")) {
            double window = figure(result, String.format(Locale.ROOT, kind, "its window"));
            assertTrue(window > 0, window + " ms");
            assertTrue(figure(result, String.format(Locale.ROOT, kind, "the ready engine")) > window, kind);
        }
        assertTrue(figure(result, "resident memory with open window and idle engine") > 100);
        assertEquals(3, result.figures().stream().filter(figure -> figure.reached() != null).count(),
                "the goals are said to be reached or missed");
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("data")), left.toList(), "the folders of the others are gone");
        }
    }

    @Test
    void aSuiteThatIsStoppedGivesWhatItHas() throws InterruptedException {
        BenchSuite suite = new BenchSuite(new GraphBenchTarget(graph));

        BenchReport report = suite.run(
                new BenchTask.Options(List.of("add", "embed"), BenchTask.Extent.QUICK, Duration.ofMillis(300),
                        Duration.ofMillis(50), 10, List.of(1, 2)),
                progress -> {
                    if (progress.phase().equals("add with 2 connections")) {
                        suite.stop();
                    }
                });

        assertFalse(report.complete());
        assertEquals(List.of("add"), report.results().stream().map(BenchReport.Result::name).toList());
        assertEquals(1, report.results().getFirst().rows().size(), "the row before the stop");
    }

    @Test
    void everyNameOfTheCommandLineIsABenchmark() throws InterruptedException {
        BenchSuite suite = new BenchSuite(new GraphBenchTarget(graph));
        suite.stop();

        assertEquals(BenchTask.NAMES, suite.names());
        assertEquals(List.of(), suite.run(moment("add", MOMENT), _ -> {}).results(), "stopped before it began");
    }
}
