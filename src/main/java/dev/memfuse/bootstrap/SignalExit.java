package dev.memfuse.bootstrap;

import java.util.ArrayDeque;
import java.util.Deque;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.console.fx.DisplayConnection;

/// Closes what is open when a signal ends the process, the newest first, so that buffered messages are stored before.
/// Thread-safe.
final class SignalExit {
    /// As the JVM ends after SIGTERM.
    private static final int TERMINATED = 143;

    private final Deque<OrderedClose.Step> open = new ArrayDeque<>();

    /// Closes something too.
    synchronized void closes(OrderedClose.Step step) {
        if (open.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(BackgroundThreads.hook("engine-shutdown", this::close));
        }
        open.push(step);
    }

    private void close() {
        try {
            OrderedClose.all(steps());
        } finally {
            if (DisplayConnection.isLost()) {
                // A session that ends takes the display with it, and an ordinary end would hang then.
                DisplayConnection.endProcess(TERMINATED);
            }
        }
    }

    private synchronized OrderedClose.Step[] steps() {
        return open.toArray(OrderedClose.Step[]::new);
    }
}
