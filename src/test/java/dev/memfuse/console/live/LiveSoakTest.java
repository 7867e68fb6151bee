package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.SnapshotFeed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Measures the cost of the Live page against its goals, with ten minutes of history of 10,000 operations per second
/// and ten snapshots per second. The page has six places for a live chart each, and all six hold one: it cannot show
/// more at once. The tiles draw the courses of their figures beside them. The system property `memfuse.soak.seconds`
/// sets the duration; its default is 60.
@Tag("slow")
class LiveSoakTest {
    private static final int SECONDS = Integer.getInteger("memfuse.soak.seconds", 60);
    private static final int WARM_UP = 15;
    private static final int TEN_MINUTES = 600;
    private static final double OPERATIONS_PER_SECOND = 10_000;
    /// Highest time of the FX thread for 99 % of the frames, in milliseconds.
    private static final double FRAME_P99_GOAL = 8;
    /// Highest share of one processor for the FX thread and the render thread together.
    private static final double SHARE_GOAL = 0.3;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    private final LiveHistory history = new LiveHistory(OPERATIONS_PER_SECOND);
    private int published = TEN_MINUTES * LiveHistory.PER_SECOND;

    public static void main(String[] arguments) throws InterruptedException {
        new LiveSoakTest().soak();
        System.exit(0);
    }

    @Test
    void tenMinutesOfHistoryStayCheap() throws InterruptedException {
        soak();
    }

    private void soak() throws InterruptedException {
        history.publish(hub, Instant.now(), TEN_MINUTES);
        LivePage page = OnFx.get(
                () -> new LivePage(new LiveSources(hub, () -> LiveHistory.BUFFERS, Optional::empty, Clock.systemUTC(),
                        LiveHistory.NO_RECORDINGS),
                        new PageTools(new DirectTaskRunner(), _ -> {}), () -> {}, _ -> {}));
        Stage stage = OnFx.get(() -> {
            Stage created = new Stage();
            created.setScene(new Scene((Parent) page.view(), 1280, 800));
            new Themes(created.getScene(), Themes.Choice.DARK).close();
            created.show();
            page.model().window().length(Duration.ofMinutes(10));
            page.onShown();
            return created;
        });
        try (var feed = Executors.newSingleThreadScheduledExecutor()) {
            feed.scheduleAtFixedRate(() -> SnapshotFeed.publish(hub, history.next(++published, Instant.now())), 0,
                    1_000 / LiveHistory.PER_SECOND, TimeUnit.MILLISECONDS);
            pass(WARM_UP);
            measure(page);
            feed.shutdownNow();
        }
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    private void measure(LivePage page) throws InterruptedException {
        long begun = System.nanoTime();
        long fx = cpu("JavaFX Application Thread");
        long render = cpu("QuantumRenderer-0");
        pass(SECONDS);
        double elapsed = System.nanoTime() - begun;
        double fxShare = (cpu("JavaFX Application Thread") - fx) / elapsed;
        double renderShare = (cpu("QuantumRenderer-0") - render) / elapsed;
        double p50 = OnFx.get(() -> page.meter().frameP50MillisProperty().get());
        double p99 = OnFx.get(() -> page.meter().frameP99MillisProperty().get());
        String figures = String.format(Locale.ROOT,
                "soak %d s: FX per frame p50 %.2f ms, p99 %.2f ms; FX thread %.3f, render thread %.3f of a core",
                SECONDS, p50, p99, fxShare, renderShare);
        System.out.println(figures);
        assertTrue(p99 < FRAME_P99_GOAL, figures);
        assertTrue(fxShare + renderShare < SHARE_GOAL, figures);
    }

    private long cpu(String name) {
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals(name)) {
                return threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        throw new AssertionError("No thread " + name);
    }

    /// Waits for a duration; the cost per time is the subject of this test.
    private static void pass(int seconds) throws InterruptedException {
        boolean woken = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
        assertTrue(!woken, "the latch has no other user");
    }
}
