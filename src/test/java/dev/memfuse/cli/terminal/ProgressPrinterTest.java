package dev.memfuse.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Saturation;
import dev.memfuse.progress.Progress;
import org.junit.jupiter.api.Test;

final class ProgressPrinterTest {
    private final StringWriter err = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();
    private final ProgressPrinter lines = new ProgressPrinter(new PrintWriter(err), false, nanos::get);
    private final ProgressPrinter bars = new ProgressPrinter(new PrintWriter(err), true, nanos::get);

    private void after(Duration time, Progress progress) {
        nanos.addAndGet(time.toNanos());
        lines.print(progress);
    }

    private List<String> printed() {
        return err.toString().lines().toList();
    }

    @Test
    void printsALineAtEachPhaseAndEveryFiveSeconds() {
        after(Duration.ZERO, Progress.of("Adding", 0, 1_000));
        after(Duration.ofSeconds(4), Progress.of("Adding", 100, 1_000));
        after(Duration.ofSeconds(1), Progress.of("Adding", 200, 1_000));
        after(Duration.ofSeconds(1), Progress.of("Asking", 1, 50));

        assertEquals(List.of("Adding: 0 of 1,000", "Adding: 200 of 1,000, 40/s, about 20 s left", "Asking: 1 of 50"),
                printed());
    }

    @Test
    void doesNotRepeatALine() {
        after(Duration.ZERO, Progress.of("Starting the engine"));
        after(Duration.ofSeconds(10), Progress.of("Starting the engine"));

        assertEquals(List.of("Starting the engine"), printed());
    }

    @Test
    void phasesWithOneTotalShareTheRemainingTime() {
        after(Duration.ZERO, Progress.ofShare("add with 1 connection", 0));
        after(Duration.ofSeconds(3), Progress.ofShare("add with 10 connections", 0.01));
        after(Duration.ofSeconds(7), Progress.ofShare("embed", 0.25));
        after(Duration.ofSeconds(90), Progress.ofShare("query", 0.5));
        after(Duration.ofSeconds(90), Progress.ofShare("start", 1.2));

        assertEquals(List.of("add with 1 connection: 0 %", "add with 10 connections: 1 %",
                "embed: 25 %, about 30 s left", "query: 50 %, about 1 min 40 s left", "start: 100 %"), printed());
    }

    @Test
    void aPhaseWithAnotherTotalStartsItsOwnEstimate() {
        after(Duration.ZERO, Progress.of("Counting", 0, 0));
        after(Duration.ofSeconds(60), Progress.of("Embedding", 500, 10_000));
        after(Duration.ofSeconds(5), Progress.of("Embedding", 1_000, 10_000));

        assertEquals(List.of("Counting", "Embedding: 500 of 10,000",
                "Embedding: 1,000 of 10,000, 100/s, about 1 min 30 s left"), printed());
    }

    @Test
    void countsWithoutATotal() {
        after(Duration.ZERO, Progress.of("Exporting records", 1, 0));
        after(Duration.ofSeconds(5), Progress.of("Exporting records", 1_001, 0));

        assertEquals(List.of("Exporting records: 1", "Exporting records: 1,001, 200/s"), printed());
    }

    @Test
    void printsTheTimeOperationsAndErrorsOfALoad() {
        after(Duration.ZERO, LoadProgress.of(new LoadRun.Status(LoadRun.Phase.MEASURING, Duration.ofSeconds(12),
                Duration.ofSeconds(35), 2_431, 3, 8, Duration.ofSeconds(7), Optional.empty()), List.of()));

        assertEquals(List.of("Measuring: 12.0 of 35.0 s, 2,431 operations, 3 errors"), printed());
    }

    @Test
    void saysWhileALoadRunsThatItsGeneratorIsSaturated() {
        after(Duration.ZERO, LoadProgress.of(new LoadRun.Status(LoadRun.Phase.MEASURING, Duration.ofSeconds(12),
                Duration.ofSeconds(35), 2_431, 3, 8, Duration.ofSeconds(7), Optional.empty()),
                List.of(new Saturation("processors busy to 98 %", "Latencies contain waits."))));

        assertEquals(List.of("Measuring: 12.0 of 35.0 s, 2,431 operations, 3 errors; load generator saturated: "
                + "processors busy to 98 %"), printed());
    }

    @Test
    void movesABarForAPersonAndEndsItBeforeOtherOutput() {
        bars.print(Progress.of("Adding", 250, 1_000));
        bars.print(Progress.of("Adding", 500, 1_000));
        bars.end();

        String drawn = err.toString();
        assertTrue(drawn.startsWith("\r"), drawn);
        assertTrue(drawn.contains("500/1000"), drawn);
        assertTrue(drawn.endsWith(System.lineSeparator()), drawn);
        assertFalse(drawn.contains("Adding: "), drawn);
    }

    @Test
    void printsALineForAPersonWhenTheTotalIsUnknown() {
        bars.print(Progress.of("Connecting to the database"));

        assertEquals(List.of("Connecting to the database"), printed());
    }
}
