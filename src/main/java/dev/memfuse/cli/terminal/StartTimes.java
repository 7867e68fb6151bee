package dev.memfuse.cli.terminal;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs how long the first window and the first engine of this process took, and tells the process that measures its
/// start. Thread-safe.
public final class StartTimes {
    /// System property of a process that prints [#WINDOW] and [#ENGINE] as lines of their own.
    public static final String PRINT = "memfuse.start.print";
    /// The first frame is on the screen.
    public static final String WINDOW = "window shown";
    /// The engine accepts calls.
    public static final String ENGINE = "engine ready";

    private static final Logger LOG = LoggerFactory.getLogger(StartTimes.class);
    private static final AtomicBoolean WINDOW_SHOWN = new AtomicBoolean();
    private static final AtomicBoolean ENGINE_READY = new AtomicBoolean();

    private StartTimes() {}

    /// The first frame of a window is on the screen.
    public static void windowShown() {
        report(WINDOW_SHOWN, WINDOW);
    }

    /// The engine accepts calls.
    public static void engineReady() {
        report(ENGINE_READY, ENGINE);
    }

    private static void report(AtomicBoolean before, String what) {
        if (before.compareAndSet(false, true)) {
            if (Boolean.getBoolean(PRINT)) {
                System.out.println(what);
            }
            LOG.info("Program: {} {} ms after the start of the JVM", what,
                    ManagementFactory.getRuntimeMXBean().getUptime());
        }
    }
}
