package dev.memfuse.load.run;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadRun.Phase;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.Verdict.Cause;
import dev.memfuse.load.Verdict.Outcome;
import dev.memfuse.load.Workload;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.GeneratedCorpus;
import dev.memfuse.load.generator.LocalGenerator;
import dev.memfuse.load.generator.SentMessages;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.measure.Timeline;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("timing")
final class EngineLoadServiceTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Loads loads = new Loads();

    @AfterEach
    void end() {
        loads.close();
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static OperationResult of(LoadResult result, String operation) {
        return Objects.requireNonNull(result.operations().get(operation));
    }

    @Test
    void countsAcknowledgementsByDurability() {
        LoadResult result = Loads.result(loads.service.start(Loads.closed(2, Loads.ADDS, SHORT, SHORT)));

        assertEquals(Map.of("committed", 0L, "journaled", 0L, "memory", of(result, "add").count()),
                result.acknowledged());
        assertTrue(result.warnings().stream().anyMatch(warning -> warning.startsWith("Unsafe: ")),
                "" + result.warnings());
    }

    @Test
    void aSinkReceivesTheHistogramsOfTheResult() {
        List<RunMeasurement> measured = new CopyOnWriteArrayList<>();

        LoadResult result = Loads.result(loads.service.reserve("comparison")
                .start(Loads.closed(2, Loads.ADDS, SHORT, SHORT), measured::add));

        assertEquals(1, measured.size());
        assertEquals(result, measured.getFirst().result());
        Histogram latency = Objects.requireNonNull(measured.getFirst().latencies().get(OperationKind.ADD));
        assertEquals(of(result, "add").count(), latency.getTotalCount());
        assertEquals(of(result, "add").latencyMs(), Percentiles.of(latency));
    }

    @Test
    void reservedLoadsAreRefusedToOthersUntilTheEndOfTheReservation() {
        LoadReservation reservation = loads.service.reserve("comparison");

        IllegalStateException refused = assertThrows(IllegalStateException.class,
                () -> loads.service.start(Loads.closed(1, Loads.ADDS, SHORT, SHORT)));
        assertEquals("A comparison is running. Stop it or wait for its end.", refused.getMessage());
        assertThrows(IllegalStateException.class, () -> loads.service.reserve("sweep"));

        reservation.close();
        reservation.close();
        LoadRun run = loads.service.start(Loads.closed(1, Loads.ADDS, SHORT, SHORT));
        assertThrows(IllegalStateException.class, () -> loads.service.reserve("sweep"));
        assertTrue(Loads.result(run).succeeded() > 0);
    }

    @Test
    void loadsOfAnExperimentAreNumberedInIt() {
        assertEquals(Optional.empty(), loads.service.reservedBy());
        try (LoadReservation reservation = loads.service.reserve("comparison")) {
            assertEquals(Optional.of("comparison"), loads.service.reservedBy());
            LoadRun first = reservation.start(Loads.closed(1, Loads.ADDS, SHORT, SHORT), _ -> {});
            Loads.result(first);
            LoadRun second = reservation.start(Loads.closed(1, Loads.ADDS, SHORT, SHORT), _ -> {});
            Loads.result(second);

            assertEquals(Optional.of("comparison, load 1"), first.experiment());
            assertEquals(Optional.of("comparison, load 2"), second.experiment());
        }
        LoadRun own = loads.service.start(Loads.closed(1, Loads.ADDS, SHORT, SHORT));
        Loads.result(own);
        assertEquals(1, own.number());
        assertEquals(Optional.empty(), own.experiment());
        assertTrue(loads.hub.marks().stream().anyMatch(mark -> mark.text().equals("Comparison, load 2 ends")),
                loads.hub.marks().toString());
    }

    @Test
    void theManyLoadsOfAnExperimentPushOutNoOtherLoad() {
        LoadRun own = loads.service.start(Loads.closed(1, Loads.ADDS, Duration.ZERO, Duration.ofMillis(5)));
        Loads.result(own);
        try (LoadReservation reservation = loads.service.reserve("comparison")) {
            for (int i = 0; i < 51; i++) {
                Loads.result(reservation.start(Loads.closed(1, Loads.ADDS, Duration.ZERO, Duration.ofMillis(5)),
                        _ -> {}));
            }
        }
        assertEquals(own, loads.service.runs().getFirst());
        assertEquals(50, loads.service.runs().size());
    }

    @Test
    void anInterimResultSaysThatOtherWorkTakesTheProcessorsOfTheGenerator() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> others = IntStream.range(0, 2 * Runtime.getRuntime().availableProcessors())
                .mapToObj(_ -> Thread.ofPlatform().daemon().start(() -> {
                    while (!over.get()) {
                        Thread.onSpinWait();
                    }
                })).toList();
        Set<String> seen = new HashSet<>();
        LoadRun run = loads.service.start(Loads.open(100, 64, 4, Loads.ADDS, Duration.ofSeconds(3)));
        try {
            await("a sign of saturation", () -> {
                run.interim().ifPresent(now -> now.saturation().forEach(sign -> seen.add(sign.cause())));
                return seen.stream().anyMatch(cause -> cause.startsWith("processors busy to "))
                        || run.result().isDone();
            });
        } finally {
            over.set(true);
            run.stop();
            for (Thread other : others) {
                other.join();
            }
        }

        assertTrue(seen.stream().anyMatch(cause -> cause.startsWith("processors busy to ")), seen.toString());
    }

    @Test
    void aSinkThatFailsDoesNotAffectTheRun() {
        LoadRun run = loads.service.reserve("comparison").start(Loads.closed(2, Loads.ADDS, SHORT, SHORT), _ -> {
            throw new IllegalStateException("no space");
        });

        assertTrue(Loads.result(run).succeeded() > 0);
    }

    @Test
    void countsLatencyFromTheScheduledStartWhenTheEngineStalls() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        LoadRun run = loads.service.start(Loads.open(200, 1000, 1, Loads.ADDS, SHORT));
        Loads.awaitPhase(run, Phase.WARMUP);
        loads.engine.inside = _ -> {
            if (first.compareAndSet(true, false)) {
                pass(release);
            }
        };
        Loads.awaitPhase(run, Phase.DRAINING);
        release.countDown();

        OperationResult add = of(Loads.result(run), "add");

        assertTrue(add.latencyMs().p50() > 50, "median latency " + add.latencyMs());
        assertTrue(add.serviceMs().p50() < add.latencyMs().p50() / 5, "service " + add.serviceMs());
    }

    @Test
    void dropsArrivalsBeyondTheLimitInFlight() {
        CountDownLatch release = new CountDownLatch(1);
        loads.engine.inside = word -> {
            if (word.equals("query")) {
                pass(release);
            }
        };
        LoadRun run = loads.service.start(Loads.open(300, 2, 3, Loads.QUERIES, SHORT));
        Loads.awaitPhase(run, Phase.DRAINING);
        release.countDown();

        LoadResult result = Loads.result(run);

        assertEquals(2, result.arrival().started());
        assertEquals(result.arrival().scheduled() - 2, result.arrival().dropped());
        assertTrue(result.arrival().dropped() > 20, "dropped " + result.arrival());
        assertTrue(result.verdict().has(Cause.ACHIEVED), "" + result.verdict());
    }

    @Test
    void keepsTheScheduledRate() {
        LoadResult result = Loads.result(loads.service.start(Loads.open(1000, 1000, 3, Loads.QUERIES, SHORT)));

        assertTrue(Math.abs(result.arrival().scheduled() - 300) < 100, "scheduled " + result.arrival());
        assertEquals("open", result.arrival().model());
        assertEquals(1000, result.arrival().target());
    }

    @Test
    void excludesTheWarmUpFromTheResult() {
        CountDownLatch release = new CountDownLatch(1);
        loads.engine.inside = word -> {
            if (word.equals("query")) {
                pass(release);
            }
        };
        LoadRun run = loads.service.start(Loads.closed(1, Loads.QUERIES, SHORT, SHORT));
        Loads.awaitPhase(run, Phase.MEASURING);
        release.countDown();

        LoadResult result = Loads.result(run);

        assertTrue(of(result, "query").latencyMs().max() < SHORT.toMillis(), "max " + of(result, "query").latencyMs());
        assertEquals(run.progress().operations(), of(result, "query").count() + 1);
        assertTrue(run.recording().timeline().getFirst().warmup());
    }

    @Test
    void sendsEachConversationInOrderWithoutOverlap() {
        loads.engine.inside = _ -> Thread.yield();
        Loads.result(loads.service.start(Loads.open(2000, 500, 3, Loads.ADDS, SHORT)));

        assertEquals(0, loads.engine.overlappingAdds.get());
        List<User> users = loads.engine.users();
        for (int i = 0; i < users.size(); i++) {
            Conversation conversation = GeneratedCorpus.of(42, 3).of(i);
            List<String> texts = conversation.sessions().stream().flatMap(session -> session.turns().stream())
                    .map(CorpusSession.Turn::text).toList();
            List<String> added = Objects.requireNonNull(loads.engine.added.get(users.get(i).id()));
            int compared = Math.min(texts.size(), added.size());
            assertTrue(compared > 20, "added " + added.size());
            assertEquals(texts.subList(0, compared), added.subList(0, compared));
        }
    }

    @Test
    void opensASessionForEachSessionOfTheConversation() {
        Loads.result(loads.service.start(Loads.closed(2, Loads.ADDS, Duration.ZERO, SHORT)));

        List<Session> sessions = loads.engine.sessions(loads.engine.users().getFirst().id());

        assertTrue(sessions.size() > 8, "sessions " + sessions.size());
        assertEquals("session_1-pass1", sessions.getFirst().name());
        assertEquals("session_1-pass2", sessions.get(8).name());
    }

    @Test
    void countsFailuresSeparatelyAndNamesThem() {
        loads.engine.inside = word -> {
            if (word.equals("query") && loads.engine.calls.get() % 2 == 0) {
                throw new EngineException("No connection within 5 s.");
            }
        };
        Workload workload = Loads.closed(1, Loads.QUERIES, Duration.ZERO, SHORT);

        LoadResult result = Loads.result(loads.service.start(workload));

        OperationResult query = of(result, "query");
        assertTrue(Math.abs(query.count() - query.errors()) <= 1, query.toString());
        assertEquals((query.count() - query.late()) / result.seconds(), query.throughputPerS(), 0.001);
        assertTrue(result.warnings().stream().anyMatch(text -> text.endsWith("query: No connection within 5 s.")),
                "" + result.warnings());
    }

    @Test
    void raisesAndLowersTheConcurrencyWhileRunning() {
        CountDownLatch release = new CountDownLatch(1);
        loads.engine.inside = word -> {
            if (word.equals("query")) {
                pass(release);
            }
        };
        LoadRun run = loads.service.start(Loads.closed(1, Loads.QUERIES, Duration.ZERO, Duration.ofMinutes(5)));
        await("one under way", () -> loads.engine.inFlight.get() == 1);

        run.changeLoad(4);

        await("four under way", () -> loads.engine.inFlight.get() == 4);
        run.changeLoad(2);
        loads.engine.inside = _ -> {};
        release.countDown();
        run.stop();
        LoadResult result = Loads.result(run);
        assertEquals(2, result.arrival().target());
        assertEquals(2, result.changes().size());
        assertTrue(result.changes().getFirst().endsWith("load: concurrency 1 → concurrency 4"), "" + result.changes());
    }

    @Test
    void raisesTheRateOfAnOpenRunAtOnce() {
        LoadRun run = loads.service.start(Loads.open(0.001, 10, 3, Loads.QUERIES, Duration.ofMinutes(5)));
        Loads.awaitPhase(run, Phase.MEASURING);

        run.changeLoad(1000);

        await("operations", () -> run.progress().operations() > 20);
        run.stop();
        assertTrue(Loads.result(run).seconds() < 60);
    }

    @Test
    void stopEndsEarlyAndWaitsForOperationsInFlight() {
        CountDownLatch release = new CountDownLatch(1);
        loads.engine.inside = word -> {
            if (word.equals("query")) {
                pass(release);
            }
        };
        LoadRun run = loads.service.start(Loads.closed(3, Loads.QUERIES, Duration.ZERO, Duration.ofMinutes(5)));
        await("three under way", () -> loads.engine.inFlight.get() == 3);

        run.stop();
        Loads.awaitPhase(run, Phase.DRAINING);
        release.countDown();

        assertEquals(3, of(Loads.result(run), "query").count());
        assertEquals(Phase.DONE, run.progress().phase());
        assertEquals(Optional.empty(), loads.service.current());
    }

    @Test
    void endedLoadsKeepFiguresButNeitherTextsNorHistograms() {
        List<Class<?>> released = List.of(RunState.class, LocalGenerator.class, SentMessages.class,
                Conversation.class, Turn.class, Measurements.class, Timeline.class, Recorder.class);
        long before = LiveObjects.count(released);

        List<LoadRun> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            runs.add(loads.service.start(Loads.closed(2, Loads.ADDS, Duration.ZERO, Duration.ofMillis(50))));
            Loads.result(runs.getLast());
        }

        await("nothing but figures", () -> LiveObjects.count(released) <= before);
        for (LoadRun run : runs) {
            assertEquals(Phase.DONE, run.progress().phase());
            assertTrue(run.progress().operations() >= of(Loads.result(run), "add").count());
            assertFalse(run.recording().spectrum().isEmpty());
        }
    }

    @Test
    void aFailedLoadKeepsItsProgressOnly() {
        List<Class<?>> released = List.of(RunState.class, LocalGenerator.class, SentMessages.class,
                Conversation.class, Measurements.class);
        long before = LiveObjects.count(released);
        loads.engine.inside = _ -> {
            throw new EngineException("No connection within 5 s.");
        };

        LoadRun run = loads.service.start(Loads.closed(2, Loads.ADDS, Duration.ZERO, SHORT));

        assertThrows(CompletionException.class, () -> Loads.result(run));
        await("nothing but figures", () -> LiveObjects.count(released) <= before);
        assertEquals(Phase.FAILED, run.progress().phase());
    }

    @Test
    void preparesTheQueriesOfAllUsersBeforeTheFirstOperation() {
        AtomicInteger unprepared = new AtomicInteger();
        loads.engine.inside = word -> {
            if (word.equals("query") && loads.engine.prepared.size() < 4) {
                unprepared.incrementAndGet();
            }
        };

        Loads.result(loads.service.start(Loads.closed(2, Loads.QUERIES, Duration.ZERO, SHORT)));

        assertEquals(0, unprepared.get());
        assertEquals(loads.engine.users().stream().map(User::id).collect(Collectors.toSet()), loads.engine.prepared);
    }

    @Test
    void marksStartAndEndForTheCharts() {
        List<String> texts = new CopyOnWriteArrayList<>();
        loads.hub.onMark(mark -> texts.add(mark.kind() + " " + mark.text()));

        Loads.result(loads.service.start(Loads.closed(1, Loads.QUERIES, Duration.ZERO, SHORT)));

        assertEquals(List.of(EventMark.Kind.LOAD + " Load 1 starts: concurrency 1",
                EventMark.Kind.WARMUP + " Load 1: warm-up, not counted",
                EventMark.Kind.WARMUP_END + " Load 1: warm-up ended", EventMark.Kind.LOAD + " Load 1 ends"), texts);
    }

    @Test
    void listsTheSettingsThatChangedDuringTheRun() {
        LoadRun run = loads.service.start(Loads.closed(1, Loads.QUERIES, Duration.ZERO, SHORT));
        Loads.awaitPhase(run, Phase.MEASURING);

        loads.tunables.apply("test",
                config -> ConfigValues.with(config, "buffer.bypass_mode", !config.buffer().bypassMode()));

        List<String> changes = Loads.result(run).changes();
        assertEquals(1, changes.size(), "" + changes);
        assertTrue(changes.getFirst().contains("buffer.bypass_mode"), "" + changes);
    }

    @Test
    void rejectsASecondLoadWhileOneRuns() {
        LoadRun run = loads.service.start(Loads.closed(1, Loads.QUERIES, Duration.ZERO, Duration.ofMinutes(5)));

        assertThrows(IllegalStateException.class, () -> loads.service.start(run.workload()));
        assertEquals(Optional.of(run), loads.service.current());
        run.stop();
        Loads.result(run);
        assertEquals(List.of(run), loads.service.runs());
    }

    @Test
    void returnsAnEmptyResultWhenStoppedWhilePreparing() {
        CountDownLatch release = new CountDownLatch(1);
        loads.engine.inside = _ -> pass(release);
        LoadRun run = loads.service.start(Loads.closed(1, Loads.QUERIES, Duration.ZERO, Duration.ofMinutes(5)));
        await("preparing", () -> loads.engine.inFlight.get() > 0);

        run.stop();
        release.countDown();

        assertEquals(0, of(Loads.result(run), "query").count());
        assertEquals(Outcome.STOPPED, Loads.result(run).verdict().outcome());
    }

    @Test
    void rejectsAStartBeforeTheEngineIsReady() {
        try (EngineLoadService service = new EngineLoadService(Optional::empty, loads.tunables,
                new MetricsHub(Clock.systemUTC()), Map::of)) {
            assertThrows(IllegalStateException.class,
                    () -> service.start(Loads.closed(1, Loads.QUERIES, Duration.ZERO, SHORT)));
        }
    }

    @Test
    void rejectsAnInvalidWorkload() {
        Workload workload = Loads.closed(0, Loads.QUERIES, Duration.ZERO, SHORT);

        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class,
                () -> loads.service.start(workload));

        assertEquals("The concurrency must be 1 to 10,000.", refusal.getMessage());
    }

    @Test
    void failsWhenTheUsersCannotBeCreated() {
        loads.engine.inside = _ -> {
            throw new EngineException("The database is gone.");
        };
        LoadRun run = loads.service.start(Loads.closed(1, Loads.QUERIES, Duration.ZERO, SHORT));

        CompletionException failure = assertThrows(CompletionException.class, () -> Loads.result(run));

        assertEquals("The database is gone.", Objects.requireNonNull(failure.getCause()).getMessage());
        assertEquals(Phase.FAILED, run.progress().phase());
    }
}
