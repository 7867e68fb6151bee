package dev.memfuse.background;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The health of the background work of this process: what failed, what stands still, what was started again.
///
/// Global like the threads of a process, so that any code can report without being handed a reporter. A [Watchdog]
/// reads it once a second. Thread-safe.
public final class BackgroundHealth {
    /// A failure counts as a problem for this long after it occurred last.
    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(20);
    /// A failure that repeats is logged with its stack trace at most this often.
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_COMPONENTS = 200;
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundHealth.class);

    private static final Set<Pulse> PULSES = ConcurrentHashMap.newKeySet();
    private static final Set<BackgroundLoop> LOOPS = ConcurrentHashMap.newKeySet();
    private static final Map<String, Failure> FAILURES = new LinkedHashMap<>();
    /// Set without an allocation, since a report may be the consequence of a lack of memory.
    private static volatile boolean outOfMemory;

    /// Failures of one component.
    private static final class Failure {
        private String text = "";
        private String type = "";
        private long at;
        private long loggedAt;
        private long count;
    }

    private BackgroundHealth() {}

    static void add(Pulse pulse) {
        PULSES.add(pulse);
    }

    static void remove(Pulse pulse) {
        PULSES.remove(pulse);
    }

    static void add(BackgroundLoop loop) {
        LOOPS.add(loop);
        PULSES.add(loop.pulse());
    }

    static void remove(BackgroundLoop loop) {
        LOOPS.remove(loop);
        PULSES.remove(loop.pulse());
    }

    /// Records and logs a failure that a component survived or that ended one task of it. Never throws.
    ///
    /// @param component name of the thread or task; a number at its end is dropped
    public static void report(String component, Throwable failure) {
        if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
            outOfMemory = true;
        }
        try {
            record(component.replaceFirst("[-# ]*\\d+$", ""), failure);
        } catch (Throwable e) {
            logRaw(e);
        }
    }

    /// Without memory even a log line may fail; the flag above remains.
    private static void logRaw(Throwable failure) {
        try {
            LOG.error("Program: a failure of background work could not be recorded", failure);
        } catch (Throwable e) {
            outOfMemory |= e instanceof OutOfMemoryError;
        }
    }

    private static void record(String component, Throwable failure) {
        long now = System.nanoTime();
        boolean log;
        long count;
        synchronized (FAILURES) {
            if (FAILURES.size() >= MAX_COMPONENTS && !FAILURES.containsKey(component)) {
                FAILURES.remove(FAILURES.keySet().iterator().next());
            }
            Failure kept = FAILURES.computeIfAbsent(component, _ -> new Failure());
            String type = failure.getClass().getName();
            log = kept.count == 0 || !kept.type.equals(type) || now - kept.loggedAt >= LOG_NANOS;
            kept.type = type;
            kept.at = now;
            count = ++kept.count;
            if (log) {
                kept.loggedAt = now;
            }
            // Last: the text may fail, for instance in a message that is computed.
            kept.text = failure.getClass().getSimpleName();
            kept.text = describe(failure);
        }
        if (log) {
            LOG.error("Program: {} failed (failure {}) and goes on", component, count, failure);
        }
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : name + ": " + message.lines().findFirst().orElse("");
    }

    /// Starts the threads of loops again that died.
    static void reviveLoops() {
        for (BackgroundLoop loop : LOOPS) {
            if (loop.revive()) {
                report(loop.pulse().component(), new IllegalStateException("its thread died and was started again"));
            }
        }
    }

    /// Returns the current problems, one sentence each: failures of the last 20 seconds, and components that stand
    /// still. A lack of memory is a problem until the end of the process, since nobody knows what it left undone.
    public static List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (outOfMemory) {
            problems.add("The program ran out of memory or the Java machine failed; parts of it may not work until a "
                    + "restart.");
        }
        long now = System.nanoTime();
        for (Pulse pulse : PULSES) {
            long nanos = pulse.stalledNanos(now);
            if (nanos > 0) {
                problems.add(String.format(Locale.ROOT, "%s has stood still for %d s.", pulse.component(),
                        TimeUnit.NANOSECONDS.toSeconds(nanos)));
            }
        }
        synchronized (FAILURES) {
            FAILURES.forEach((component, failure) -> {
                if (now - failure.at < RECENT_NANOS) {
                    problems.add(component + " failed and goes on (" + failure.text + ").");
                }
            });
        }
        return List.copyOf(problems);
    }

    /// Forgets all failures. For tests, which share a process.
    static void clear() {
        outOfMemory = false;
        synchronized (FAILURES) {
            FAILURES.clear();
        }
    }
}
