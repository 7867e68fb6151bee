package dev.memfuse.console.load;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.memfuse.bench.harness.LiveHeap;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.lab.scenario.ScenarioRunner;
import dev.memfuse.load.run.EngineLoadService;
import dev.memfuse.metrics.Sampler;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many loads in one program leave figures, not texts: the live heap and the open files stay constant.
///
/// `mvn test-compile surefire:test@slow -Dtest=LoadSoakDbTest`
/// (`-Dmemfuse.soak.loads=200 -Dmemfuse.soak.seconds=1` are the defaults)
@Tag("slow")
class LoadSoakDbTest {
    private static final int LOADS = Integer.getInteger("memfuse.soak.loads", 200);
    private static final int SECONDS = Integer.getInteger("memfuse.soak.seconds", 1);
    private static final int EVERY = 10;
    private static final long MAX_GROWTH = 20L << 20;
    /// Compared with the files after twenty loads: their users fill the limited number of open indexes, each with one
    /// file.
    private static final int MAX_MORE_FILES = 32;

    private record Sample(int loads, long heap, long files) {
        static Sample after(int loads) {
            var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Sample(loads, LiveHeap.bytes(), system.getOpenFileDescriptorCount());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d loads: %.1f MiB live, %d files", loads, heap / 1048576.0, files);
        }
    }

    @Test
    void heapAndOpenFilesStayConstantOverManyLoads() throws Exception {
        List<Sample> samples = new ArrayList<>();
        try (ExecutorService fx = Executors.newSingleThreadExecutor();
                EngineFixture fixture = EngineFixture.start("buffer.bypass_mode=false");
                Sampler _ = new Sampler(fixture.metrics(), () -> 10, _ -> {}, Clock.systemUTC());
                EngineLoadService loads = new EngineLoadService(() -> Optional.of(fixture.engine()),
                        fixture.tunables(), fixture.metrics(), Map::of)) {
            LoadViewModel page = new LoadViewModel(loads,
                    new ScenarioRunner(loads, Fakes.tunables(), Optional::empty), new DirectTaskRunner(), fx, _ -> {});
            page.form().input().openProperty().set(false);
            page.form().input().text(LoadField.DURATION).set("" + SECONDS);
            page.form().input().text(LoadField.WARMUP).set("0");
            for (int i = 1; i <= LOADS; i++) {
                run(page, fx, loads, fixture);
                if (i % EVERY == 0) {
                    samples.add(Sample.after(i));
                    System.out.println(samples.getLast());
                }
            }
        }
        for (Sample sample : samples.subList(1, samples.size())) {
            assertTrue(sample.heap() - samples.getFirst().heap() <= MAX_GROWTH, samples.toString());
            assertTrue(sample.files() - samples.get(1).files() <= MAX_MORE_FILES, samples.toString());
        }
    }

    private static void run(LoadViewModel page, Executor fx, EngineLoadService loads, EngineFixture fixture) {
        CompletableFuture.runAsync(page::start, fx).join();
        loads.runs().getLast().result().orTimeout(60, TimeUnit.SECONDS).join();
        await("the load is released", () -> loads.current().isEmpty());
        fixture.engine().flush();
    }
}
