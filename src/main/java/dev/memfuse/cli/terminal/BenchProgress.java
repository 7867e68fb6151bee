package dev.memfuse.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.memfuse.bench.BenchTask;

/// Tells how far the benchmarks are and when they will be done: at each new step, and every few seconds. One thread.
public final class BenchProgress implements BenchTask.Progress {
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final double MEANINGFUL_SHARE = 0.02;

    private final Terminal terminal;
    private final LongSupplier nanos;
    private final long started;
    private String lastStep = "";
    private long lastLine;

    /// @param nanos the clock of [System#nanoTime]
    public BenchProgress(Terminal terminal, LongSupplier nanos) {
        this.terminal = terminal;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
    }

    @Override
    public void at(String step, double share) {
        long now = nanos.getAsLong();
        if (!step.equals(lastStep) || now - lastLine >= LINE_NANOS) {
            lastStep = step;
            lastLine = now;
            terminal.step(line(step, share, Duration.ofNanos(now - started)));
        }
    }

    /// The time left is what the time so far says about it; it is left out while that says little.
    static String line(String step, double share, Duration elapsed) {
        String left = share < MEANINGFUL_SHARE || share >= 1
                ? ""
                : ", about " + words(Duration.ofMillis(Math.round(elapsed.toMillis() / share * (1 - share)))) + " left";
        return String.format(Locale.ROOT, "%3.0f %%%s: %s", Math.min(share, 1) * 100, left, step);
    }

    private static String words(Duration time) {
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
