package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.console.Fakes;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.progress.Progress;
import org.junit.jupiter.api.Test;

class LoadWaitTest {
    private final Fakes.Loads loads = new Fakes.Loads();

    private Fakes.Run run() {
        loads.start(new Workload(2, new Workload.Arrival.Closed(1), Duration.ofSeconds(10), Duration.ZERO,
                new Workload.Mix(1, 0, 0), 2, 10, 1, Optional.empty()));
        return loads.last();
    }

    private static LoadRun.Status after(int seconds) {
        return new LoadRun.Status(LoadRun.Phase.MEASURING, Duration.ofSeconds(seconds), Duration.ofSeconds(10), 1, 0, 8,
                Duration.ofSeconds(seconds), Optional.empty());
    }

    @Test
    void aThreadThatIsInterruptedWaitsNoLonger() {
        Fakes.Run run = run();
        run.progress = after(1);
        List<Progress> told = new ArrayList<>();

        assertThrows(InterruptedException.class, () -> LoadWait.untilShare(run, 1, progress -> {
            told.add(progress);
            Thread.currentThread().interrupt();
        }));

        assertEquals(1, told.size(), "it went on without a pause");
        assertFalse(run.ended());
    }

    @Test
    void aShareOfTheTimeIsEnough() throws InterruptedException {
        Fakes.Run run = run();
        run.progress = after(5);

        LoadWait.untilShare(run, 0.6, _ -> run.progress = after(6));

        assertFalse(run.ended());
    }

    @Test
    void theEndOfTheRunEndsTheWait() throws InterruptedException {
        Fakes.Run run = run();
        run.progress = after(1);

        LoadWait.untilShare(run, 1, _ -> run.fail("No database."));

        assertEquals(after(1), run.progress());
    }
}
