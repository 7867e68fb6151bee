package dev.memfuse.bench.harness;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

import dev.memfuse.engine.exception.EngineException;

/// Size of the live objects, from the JVM's class histogram. The size of the used heap is too coarse: some collectors
/// report it in pages of megabytes.
public final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private static final int COLLECTIONS = 8;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /// Largest difference of two collections of a program at rest, in bytes.
    private static final long SETTLED = 256 * 1024;

    private LiveHeap() {}

    /// Collects garbage and returns the size of the live objects in bytes. Blocks for up to some seconds.
    ///
    /// @throws EngineException when the JVM provides no class histogram
    public static long bytes() {
        try {
            Object histogram = ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[]{new String[0]}, new String[]{String[].class.getName()});
            return total(String.valueOf(histogram));
        } catch (JMException e) {
            throw new EngineException("The JVM provides no class histogram: " + e.getMessage(), "", e);
        }
    }

    /// Returns the size of the live objects once two collections in turn find nearly the same: buffers of threads that
    /// end after their last work are garbage only a moment later. Blocks for up to a quarter of a minute, or until the
    /// run is stopped.
    ///
    /// @throws EngineException when the JVM provides no class histogram
    public static long settledBytes(BenchWatch watch) throws InterruptedException {
        long bytes = bytes();
        for (int i = 0; i < COLLECTIONS; i++) {
            watch.pause(PAUSE);
            long before = bytes;
            bytes = bytes();
            if (Math.abs(before - bytes) < SETTLED) {
                break;
            }
        }
        return bytes;
    }

    /// Returns the total of a class histogram, in bytes.
    static long total(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new EngineException("The class histogram of the JVM has no total.");
        }
        return Long.parseLong(total.group(1));
    }
}
