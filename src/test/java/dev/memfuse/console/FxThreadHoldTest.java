package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.fx.FxWatchdog;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.load.Workload;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// No page holds the FX thread for more than 100 ms, with ten minutes of history and a load that runs.
///
/// The first visit of each page is left out: it makes the views of its controls, and in a new JVM most of that code
/// runs for the first time, without the optimisations of the program's own start. A page fails when it holds the thread
/// in at least two of three further visits: beside other work a processor's time is worth less.
@Tag("fx")
class FxThreadHoldTest extends OpenConsole {
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final int HISTORY_SECONDS = 600;
    private static final int PER_SECOND = 10;
    private static final int ROUNDS = 3;

    @Test
    void noPageHoldsTheFxThread() {
        Instant now = Instant.now();
        for (int i = HISTORY_SECONDS * PER_SECOND; i > 0; i--) {
            BusyWindow.publish(context, now.minusMillis(i * 1_000L / PER_SECOND));
        }
        BusyWindow.fill(console, context, host, loads);
        OnFx.run(() -> loads.start(new Workload(20, new Workload.Arrival.Closed(8), Duration.ofSeconds(30),
                Duration.ofSeconds(5), new Workload.Mix(70, 25, 5), 4, 5, 42, Optional.empty())));
        try (var feed = Executors.newSingleThreadScheduledExecutor()) {
            feed.scheduleAtFixedRate(() -> BusyWindow.publish(context, Instant.now()), 0, 1_000 / PER_SECOND,
                    TimeUnit.MILLISECONDS);
            console.pages().forEach(this::visit);
            var watchdog = new FxWatchdog(LIMIT);
            try (watchdog) {
                for (int round = 0; round < ROUNDS; round++) {
                    for (Page page : console.pages()) {
                        watchdog.step(page.id() + ", visit " + round);
                        visit(page);
                    }
                }
            }
            Map<String, List<FxWatchdog.Hold>> pages = watchdog.holds().stream()
                    .collect(Collectors.groupingBy(hold -> hold.step().replaceFirst(",.*", "")));
            pages.values().removeIf(holds -> holds.stream().map(FxWatchdog.Hold::step).distinct().count() < 2);
            assertEquals(Map.of(), pages);
            feed.shutdownNow();
        }
    }

    private void visit(Page page) {
        OnFx.run(() -> console.showPage(page.id()));
        Frames.await(console.scene(), 3);
    }

    @Test
    void aLongHoldIsFound() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        var watchdog = new FxWatchdog(LIMIT);
        try (watchdog) {
            watchdog.step("busy loop");
            OnFx.run(() -> {
                long begun = threads.getCurrentThreadCpuTime();
                while (threads.getCurrentThreadCpuTime() - begun < TimeUnit.MILLISECONDS.toNanos(150)) {
                    Thread.onSpinWait();
                }
            });
        }
        assertEquals(List.of("busy loop"), watchdog.holds().stream().map(FxWatchdog.Hold::step).distinct().toList(),
                watchdog.holds().toString());
        assertTrue(watchdog.holds().stream().anyMatch(hold -> hold.where().contains("aLongHoldIsFound")),
                watchdog.holds().toString());
    }
}
