package dev.memfuse.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.memfuse.progress.Progress;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Prints the progress of long work: a moving bar for a person at a terminal, and for logs a plain line at each new
/// phase and every 5 s. Work without a known total is printed as lines in both cases. Thread-safe.
final class ProgressPrinter {
    private static final int BAR_UPDATE_MILLIS = 200;
    private static final int PERCENT = 100;
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);
    /// Below this share the remaining time is too inaccurate to print.
    private static final double MEANINGFUL_SHARE = 0.02;

    private final PrintWriter err;
    private final boolean interactive;
    private final LongSupplier clock;
    private volatile Estimate estimate = new Estimate(Progress.of(""), 0, 0);
    private long lastLineNanos;
    private @Nullable ProgressBar bar;

    /// The last report and the point from which its rate is computed. Immutable: the thread of the bar reads it while
    /// another thread that holds the lock waits for that thread.
    private record Estimate(Progress last, long startNanos, long startDone) {

        boolean covers(Progress next) {
            return next.total() > 0 && next.total() == last.total() && next.done() >= last.done();
        }

        double perSecond(long now) {
            return (last.done() - startDone) / Math.max(1e-9, (now - startNanos) / 1e9);
        }

        /// Extrapolates the rate since the start. Empty when the work is done, or when too little is done to tell.
        Optional<Duration> remaining(long now) {
            long gained = last.done() - startDone;
            long missing = last.total() - last.done();
            if (missing <= 0 || gained <= 0 || gained < MEANINGFUL_SHARE * last.total()) {
                return Optional.empty();
            }
            return Optional.of(Duration.ofNanos(Math.round((double) (now - startNanos) / gained * missing)));
        }
    }

    /// @param interactive whether a person reads the terminal
    /// @param clock nanoseconds as of [System#nanoTime]
    ProgressPrinter(PrintWriter err, boolean interactive, LongSupplier clock) {
        this.err = err;
        this.interactive = interactive;
        this.clock = clock;
    }

    synchronized void print(Progress next) {
        long now = clock.getAsLong();
        Estimate before = estimate;
        boolean newPhase = !next.phase().equals(before.last().phase());
        if (newPhase) {
            end();
        }
        estimate = newPhase && !before.covers(next)
                ? new Estimate(next, now, next.done())
                : new Estimate(next, before.startNanos(), before.startDone());
        if (interactive && next.total() > 0) {
            moveBar(next);
        } else if (newPhase || (!next.equals(before.last()) && now - lastLineNanos >= LINE_NANOS)) {
            lastLineNanos = now;
            err.println(PrintableText.line(line(estimate, now)));
            err.flush();
        }
    }

    /// Ends a bar, so that the next output starts on a new line.
    synchronized void end() {
        ProgressBar moving = bar;
        if (moving != null) {
            bar = null;
            moving.close();
            err.println();
            err.flush();
        }
    }

    private void moveBar(Progress next) {
        ProgressBar moving = bar;
        if (moving == null) {
            moving = newBar(next);
            bar = moving;
        }
        moving.maxHint(barTotal(next));
        moving.stepTo(Math.min(barDone(next), barTotal(next)));
        moving.setExtraMessage(PrintableText.line(next.detail()));
    }

    private ProgressBar newBar(Progress next) {
        ProgressBarBuilder builder = new ProgressBarBuilder().setTaskName(PrintableText.line(next.phase()))
                .setInitialMax(barTotal(next)).setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(BAR_UPDATE_MILLIS).setEtaFunction(_ -> estimate.remaining(clock.getAsLong()))
                .setConsumer(new DelegatingProgressBarConsumer(this::draw));
        switch (next.unit()) {
            case COUNT -> builder.showSpeed().startsFrom(next.done(), Duration.ZERO);
            case MILLISECONDS -> builder.setUnit(" s", TimeUnit.SECONDS.toMillis(1));
            case SHARE -> builder.setUnit(" %", 1);
        }
        return builder.build();
    }

    private static long barTotal(Progress progress) {
        return progress.unit() == Progress.Unit.SHARE ? PERCENT : progress.total();
    }

    private static long barDone(Progress progress) {
        return progress.unit() == Progress.Unit.SHARE
                ? Math.round(progress.share() * PERCENT)
                : progress.done();
    }

    private void draw(String text) {
        err.print("\r" + text);
        err.flush();
    }

    private static String line(Estimate estimate, long now) {
        Progress progress = estimate.last();
        StringBuilder line = new StringBuilder(progress.phase());
        if (progress.done() > 0 || progress.total() > 0) {
            line.append(": ").append(amount(progress));
        }
        if (!progress.detail().isEmpty()) {
            line.append(", ").append(progress.detail());
        }
        if (progress.unit() == Progress.Unit.COUNT && progress.done() > estimate.startDone()) {
            line.append(String.format(Locale.ROOT, ", %,.0f/s", estimate.perSecond(now)));
        }
        estimate.remaining(now).ifPresent(time -> line.append(", about ").append(words(time)).append(" left"));
        return line.toString();
    }

    private static String amount(Progress progress) {
        return switch (progress.unit()) {
            case COUNT -> progress.total() > 0
                    ? String.format(Locale.ROOT, "%,d of %,d", progress.done(), progress.total())
                    : String.format(Locale.ROOT, "%,d", progress.done());
            case MILLISECONDS -> String.format(Locale.ROOT, "%.1f of %.1f s", progress.done() / 1000.0,
                    progress.total() / 1000.0);
            case SHARE -> String.format(Locale.ROOT, "%.0f %%", progress.share() * PERCENT);
        };
    }

    private static String words(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
