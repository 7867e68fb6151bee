package dev.memfuse.load.run;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadRun.Phase;
import dev.memfuse.load.Verdict.Cause;
import dev.memfuse.load.Verdict.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The counts, the verdict and the end of a run, with operations that end late or never.
@Tag("timing")
final class LoadVerdictTest {
    private static final Duration DRAIN = Duration.ofMillis(400);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Loads loads = new Loads(DRAIN);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void end() {
        release.countDown();
        loads.close();
    }

    private void pass() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Makes every n-th query hang until the test releases it.
    private void hangEveryNth(int n) {
        AtomicInteger queries = new AtomicInteger();
        loads.engine.inside = word -> {
            if (word.equals("query") && queries.incrementAndGet() % n == 0) {
                pass();
            }
        };
    }

    private static OperationResult query(LoadResult result) {
        return Objects.requireNonNull(result.operations().get("query"));
    }

    @Test
    void operationsThatNeverEndAreDueStartedAndUnfinished() {
        hangEveryNth(10);

        LoadResult result = Loads.result(loads.service.start(Loads.open(400, 1000, 3, Loads.QUERIES, SECOND)));

        OperationResult query = query(result);
        assertTrue(query.unfinished() >= 20, query.toString());
        assertEquals(result.arrival().scheduled(), query.count() + query.errors() + query.unfinished());
        assertEquals(result.arrival().scheduled(), result.arrival().started());
        assertEquals(Outcome.FAILED, result.verdict().outcome());
        assertTrue(result.verdict().has(Cause.UNFINISHED) && result.verdict().has(Cause.ACHIEVED),
                "" + result.verdict());
        assertEquals((double) query.count() / result.arrival().scheduled(), result.arrival().achieved(), 1e-9);
    }

    @Test
    void percentilesCountUnfinishedOperationsAsAtLeastTheTimeThatHasPassed() {
        hangEveryNth(4);

        OperationResult query = query(
                Loads.result(loads.service.start(Loads.open(400, 1000, 3, Loads.QUERIES, SECOND))));

        double from = Objects.requireNonNull(query.atLeastFromMs());
        assertTrue(from >= DRAIN.toMillis() * 0.9, "from " + from);
        assertTrue(query.latencyMs().p90() >= from && query.lowerBound(query.latencyMs().p90()), query.toString());
        assertTrue(!query.lowerBound(query.latencyMs().p50()), query.toString());
        assertEquals(query.count() + query.unfinished(), query.samples());
    }

    @Test
    void workersOfAClosedRunThatHangAreUnfinished() {
        hangEveryNth(50);

        LoadResult result = Loads.result(loads.service.start(Loads.closed(3, Loads.QUERIES, Duration.ZERO, SECOND)));

        assertEquals(3, query(result).unfinished());
        assertEquals(query(result).count() + 3, result.arrival().started());
        assertEquals(Outcome.FAILED, result.verdict().outcome());
    }

    @Test
    void addsThatWaitForAHungUserAreUnfinishedToo() {
        AtomicInteger adds = new AtomicInteger();
        loads.engine.inside = word -> {
            if (word.equals("add") && adds.incrementAndGet() > 20) {
                pass();
            }
        };

        LoadResult result = Loads.result(
                loads.service.start(Loads.open(200, 1000, 1, Loads.ADDS, Duration.ofMillis(500))));

        OperationResult add = Objects.requireNonNull(result.operations().get("add"));
        assertTrue(add.unfinished() > 20, add.toString());
        assertEquals(result.arrival().scheduled(), add.count() + add.errors() + add.unfinished());
        assertTrue(result.arrival().started() < result.arrival().scheduled(), "most never started");
    }

    @Test
    void oneStragglerChangesNeitherTheRatesNorTheVerdict() {
        AtomicInteger queries = new AtomicInteger();
        loads.engine.inside = word -> {
            if (word.equals("query") && queries.incrementAndGet() == 300) {
                pass();
            }
        };
        LoadRun run = loads.service.start(Loads.open(400, 1000, 3, Loads.QUERIES, SECOND));
        Loads.awaitPhase(run, Phase.DRAINING);
        await("only the straggler is left", () -> loads.engine.inFlight.get() == 1);
        release.countDown();

        LoadResult result = Loads.result(run);

        assertEquals(1.0, result.seconds(), 1e-9);
        assertEquals(query(result).count() - query(result).late(), Math.round(query(result).throughputPerS()));
        assertTrue(query(result).late() >= 1, query(result).toString());
        assertTrue(result.drainSeconds() > 0, "drain " + result.drainSeconds());
        assertEquals(Outcome.GOOD, result.verdict().outcome(), "" + result.verdict());
    }

    @Test
    void aBacklogAtTheEndIsNotAchieved() {
        // One operation at a time, 4 ms each: 250 of the 500 a second that are due.
        Object one = new Object();
        loads.engine.inside = word -> {
            if (word.equals("query")) {
                synchronized (one) {
                    long until = System.nanoTime() + 4_000_000;
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                }
            }
        };
        try (Loads slow = new Loads(Duration.ofSeconds(10))) {
            slow.engine.inside = loads.engine.inside;

            LoadResult result = Loads.result(slow.service.start(Loads.open(500, 5000, 3, Loads.QUERIES, SECOND)));

            assertEquals(0, result.unfinished());
            assertTrue(query(result).throughputPerS() <= 251, query(result).toString());
            assertTrue(result.arrival().achieved() < 0.9, "" + result.arrival());
            assertEquals(Outcome.VOID, result.verdict().outcome(), "" + result.verdict());
        }
    }

    @Test
    void aRunWithMostlyErrorsFails() {
        loads.engine.inside = word -> {
            if (word.equals("query") && loads.engine.calls.get() % 50 != 0) {
                throw new EngineException("No connection.");
            }
        };

        LoadResult result = Loads.result(loads.service.start(Loads.closed(1, Loads.QUERIES, Duration.ZERO, SECOND)));

        assertEquals(Outcome.FAILED, result.verdict().outcome());
        assertTrue(result.verdict().has(Cause.ERROR_SHARE), "" + result.verdict());
    }

    @Test
    void aRunThatIsStoppedIsStoppedAlsoBeforeItsFirstMeasurement() {
        LoadRun preparing = loads.service.start(
                Loads.closed(1, Loads.QUERIES, Duration.ofMinutes(5), Duration.ofMinutes(5)));
        Loads.awaitPhase(preparing, Phase.WARMUP);
        preparing.stop();
        LoadResult early = Loads.result(preparing);
        assertEquals(Outcome.STOPPED, early.verdict().outcome());
        assertEquals("Stopped by hand before its first measurement.",
                early.verdict().reasons().getFirst().sentence());

        LoadRun measuring = loads.service.start(
                Loads.closed(1, Loads.QUERIES, Duration.ZERO, Duration.ofMinutes(5)));
        await("some operations", () -> measuring.progress().operations() > 10);
        measuring.stop();

        assertEquals(Outcome.STOPPED, Loads.result(measuring).verdict().outcome());
        assertTrue(Loads.result(measuring).seconds() < 60);
    }

    @Test
    void messagesThatAreNotStoredFailTheRun() {
        loads.engine.unstored = 4;

        LoadResult result = Loads.result(
                loads.service.start(Loads.closed(2, Loads.ADDS, Duration.ZERO, Duration.ofMillis(300))));

        assertEquals(4L * 4, result.storage().unsaved());
        assertEquals(loads.engine.added.values().stream().mapToInt(List::size).sum(), result.storage().acknowledged());
        assertEquals(Outcome.FAILED, result.verdict().outcome());
        assertTrue(result.verdict().has(Cause.UNSAVED_MESSAGES), "" + result.verdict());
    }

    @Test
    void storedMessagesOfFailedAddsDoNotHideMissingOnes() {
        loads.engine.unstored = 4;
        AtomicInteger adds = new AtomicInteger();
        loads.engine.answering = () -> {
            // The first ones prepare the users.
            if (adds.incrementAndGet() > 4 && adds.get() % 3 == 0) {
                throw new EngineException("The answer was lost.", "", null);
            }
        };
        LoadRun run = loads.service.start(Loads.closed(2, Loads.ADDS, Duration.ZERO, Duration.ofMinutes(5)));
        await("failed adds", () -> run.progress().errors() > 40);
        run.stop();

        LoadResult result = Loads.result(run);

        assertEquals(4L * 4, result.storage().unsaved());
        assertTrue(result.verdict().has(Cause.UNSAVED_MESSAGES), "" + result.verdict());
    }

    @Test
    void storedMessagesOfAddsInFlightDoNotHideMissingOnes() {
        loads.engine.unstored = 4;
        AtomicInteger adds = new AtomicInteger();
        loads.engine.answering = () -> {
            if (adds.incrementAndGet() > 60) {
                pass();
            }
        };

        LoadResult result = Loads.result(
                loads.service.start(Loads.closed(4, Loads.ADDS, Duration.ZERO, Duration.ofMillis(300))));

        assertTrue(result.unfinished() > 0, "" + result);
        assertEquals(4L * 4, result.storage().unsaved());
    }

    @Test
    void limitsAreReadFromTheSettings() {
        loads.engine.unstored = 4;
        loads.tunables.apply("test", config -> ConfigValues.with(config, "load.limits.unsaved_messages", 16));

        LoadResult result = Loads.result(
                loads.service.start(Loads.closed(2, Loads.ADDS, Duration.ZERO, Duration.ofMillis(300))));

        assertEquals(Outcome.GOOD, result.verdict().outcome(), "" + result.verdict());
        assertTrue(result.warnings().stream().anyMatch(text -> text.startsWith("16 of ")), "" + result.warnings());
    }

    @Test
    void theTimelineHasOneRowForEachMeasuredSecond() {
        LoadRun run = loads.service.start(
                Loads.closed(2, Loads.QUERIES, Duration.ofMillis(300), Duration.ofSeconds(3)));
        LoadResult result = Loads.result(run);

        List<Point> measured = run.recording().timeline().stream().filter(point -> !point.warmup()).toList();
        assertEquals(3, measured.size());
        List<Double> steps = new ArrayList<>();
        for (int i = 1; i < measured.size(); i++) {
            steps.add(measured.get(i).seconds() - measured.get(i - 1).seconds());
        }
        steps.forEach(step -> assertEquals(1.0, step, 1e-6));
        long counted = measured.stream().mapToLong(Point::count).sum();
        assertEquals(counted / result.seconds(), result.throughputPerS(), 2, "the rows add up to the throughput");
    }

    @Test
    void aRunRemovesTheUsersThatItMadeAndNoOthers() {
        User other = loads.engine.createUser("load-like-name");
        AtomicReference<@Nullable String> mark = new AtomicReference<>();
        loads.engine.deleting = user -> mark.set(loads.engine.marks.get(user));

        LoadResult result = Loads.result(
                loads.service.start(Loads.closed(2, Loads.ADDS, Duration.ZERO, Duration.ofMillis(300))));

        assertEquals(List.of(other), loads.engine.users());
        assertNotNull(mark.get(), "users are marked");
        assertEquals(1, result.start().users());
        assertTrue(result.warnings().stream().noneMatch(text -> text.contains("load-data")), "" + result.warnings());
    }

    @Test
    void theUsersAreKeptWhenTheSettingSaysSo() {
        loads.tunables.apply("test", config -> ConfigValues.with(config, "load.keep_data", true));

        Loads.result(loads.service.start(Loads.closed(2, Loads.ADDS, Duration.ZERO, Duration.ofMillis(300))));

        assertEquals(4, loads.engine.users().size());
        assertEquals(4, loads.engine.marks.size());
    }

    @Test
    void aRunThatFailsWhilePreparingRemovesTheUsersThatItMade() {
        loads.engine.inside = _ -> {
            throw new EngineException("The database is gone.");
        };
        LoadRun run = loads.service.start(Loads.closed(1, Loads.ADDS, Duration.ZERO, SECOND));

        await("the run failed", () -> run.progress().phase() == Phase.FAILED);

        assertEquals(List.of(), loads.engine.users());
    }

    @Test
    void stopDuringTheRemovalKeepsTheRestMarkedAndSaysSo() {
        AtomicInteger deleted = new AtomicInteger();
        loads.engine.deleting = _ -> {
            if (deleted.incrementAndGet() == 2) {
                pass();
            }
        };
        LoadRun run = loads.service.start(Loads.closed(1, Loads.ADDS, Duration.ZERO, Duration.ofMillis(300)));
        await("the second user is being removed", () -> deleted.get() == 2);
        assertEquals(Phase.REMOVING, run.progress().phase());
        assertEquals(1, run.progress().after().orElseThrow().done());

        run.stop();
        release.countDown();

        LoadResult result = Loads.result(run);
        Set<UUID> left = loads.engine.users().stream().map(User::id).collect(Collectors.toSet());
        assertEquals(2, left.size());
        assertEquals(left, loads.engine.marks.keySet());
        assertEquals(Outcome.GOOD, result.verdict().outcome(), "" + result.verdict());
        assertTrue(result.warnings().stream().anyMatch(text -> text.contains("2 are left. 'load-data remove'")),
                "" + result.warnings());
    }
}
