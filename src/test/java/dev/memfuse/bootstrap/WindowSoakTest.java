package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.bench.harness.LiveHeap;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.load.Workload;
import dev.memfuse.log.ProgramLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole program with its window on the Live page while a load runs: live objects, resident memory, threads and open
/// files stay as they are. The system property `memfuse.soak.minutes` sets the time, 2 by default; samples are written to
/// `target/window-soak.csv`. The window is drawn by JavaFX's headless platform.
@Tag("slow")
class WindowSoakTest {
    private static final int MINUTES = Integer.getInteger("memfuse.soak.minutes", 2);
    private static final double RATE = 10;
    /// Until then classes are loaded, charts and histories fill.
    private static final double SETTLED = 0.25;
    private static final double MIB = 1 << 20;

    @TempDir
    private Path folder;

    private record Sample(double minutes, double liveMib, double residentMib, long threads, long files) {
        static Sample now(long begun) throws IOException {
            Path process = Path.of("/proc/self");
            Map<String, Long> status = new HashMap<>();
            for (String line : Files.readAllLines(process.resolve("status"))) {
                if (line.startsWith("VmRSS:") || line.startsWith("Threads:")) {
                    status.put(line.substring(0, line.indexOf(':')), Long.valueOf(line.replaceAll("[^0-9]", "")));
                }
            }
            double live = LiveHeap.bytes() / MIB;
            try (var files = Files.list(process.resolve("fd"))) {
                return new Sample((System.nanoTime() - begun) / 60e9, live, status.getOrDefault("VmRSS", 0L) / 1024.0,
                        status.getOrDefault("Threads", 0L), files.count());
            }
        }

        String row() {
            return String.format(Locale.ROOT, "%.1f,%.1f,%.0f,%d,%d", minutes, liveMib, residentMib, threads, files);
        }
    }

    @Test
    void nothingGrowsWhileTheWindowIsOpen() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        List<Sample> samples = new ArrayList<>();
        Path csv = Path.of("target", "window-soak.csv");
        Files.createDirectories(csv.getParent());
        Files.writeString(csv, "minutes,live_mib,resident_mib,threads,files\n");
        Thread sampler = BackgroundThreads.platform("soak-sampler").start(() -> {
            long begun = System.nanoTime();
            try {
                while (!ended.await(Math.max(10, MINUTES), TimeUnit.SECONDS)) {
                    Sample sample = Sample.now(begun);
                    samples.add(sample);
                    Files.writeString(csv, sample.row() + "\n", StandardOpenOption.APPEND);
                }
            } catch (InterruptedException | IOException e) {
                throw new IllegalStateException(e);
            }
        });

        LaunchOptions options = new LaunchOptions(Optional.empty(), Optional.empty(), Map.of(), Optional.empty(),
                Optional.of(folder), true, List.of());
        // Few adds, so that the memory of what is stored grows little.
        Workload workload = new Workload(10, new Workload.Arrival.Open(RATE, 100), Duration.ofMinutes(MINUTES),
                Duration.ofSeconds(5), new Workload.Mix(1, 6, 3), 2, 10, 1, Optional.empty());
        var _ = new DefaultProgramServices(new ProgramLog()).runHeadless(options, workload, folder.resolve("pictures"),
                _ -> {});
        ended.countDown();
        sampler.join();

        // At its end the program makes pictures of all pages, which takes a hundred megabytes.
        List<Sample> settled = samples.stream()
                .filter(one -> one.minutes() > SETTLED * MINUTES && one.minutes() < MINUTES).toList();
        Sample first = settled.getFirst();
        Sample last = settled.getLast();
        assertTrue(last.liveMib() < first.liveMib() * 1.25 + 10, samples.toString());
        assertTrue(last.threads() <= first.threads() + 10, samples.toString());
        assertTrue(last.files() <= first.files() + 20, samples.toString());
    }
}
