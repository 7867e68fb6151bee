package dev.memfuse.background;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Checks the background work once a second: starts loops again whose thread died, and passes on the current problems.
/// Owns the thread `watchdog`. Thread-safe.
public final class Watchdog implements AutoCloseable {
    private static final long PERIOD_NANOS = Duration.ofSeconds(1).toNanos();

    private final Consumer<List<String>> onCheck;
    private final BackgroundLoop loop = new BackgroundLoop("watchdog", this::check);

    /// Starts the checks.
    ///
    /// @param onCheck receives the sentences of [BackgroundHealth#problems] after each check, none when all is well
    public Watchdog(Consumer<List<String>> onCheck) {
        this.onCheck = onCheck;
        loop.start();
    }

    private boolean check() {
        loop.parkNanos(PERIOD_NANOS);
        BackgroundHealth.reviveLoops();
        onCheck.accept(BackgroundHealth.problems());
        return true;
    }

    /// Ends the checks; does not block.
    @Override
    public void close() {
        loop.close();
    }
}
