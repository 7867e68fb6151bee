package dev.memfuse.cli.terminal;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.memfuse.lab.retrieval.Progress;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows how far long work is and when it will end: as a bar that moves for a person at a terminal, as a plain line
/// every few seconds for logs. For the thread that works.
public final class WorkProgress implements Progress, AutoCloseable {
    private static final int UPDATE_MILLIS = 200;
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Terminal terminal;
    private final LongSupplier clock;
    private String step = "";
    private long begun;
    private long first;
    private long lastLine;
    private @Nullable ProgressBar bar;

    /// @param clock nanoseconds, as of [System#nanoTime]
    public WorkProgress(Terminal terminal, LongSupplier clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void at(String now, long done, long total) {
        boolean next = !now.equals(step);
        if (next) {
            begin(now, done);
        }
        if (terminal.interactive()) {
            move(done, total);
        } else if (next || clock.getAsLong() - lastLine >= LINE_NANOS) {
            lastLine = clock.getAsLong();
            terminal.step(line(done, total));
        }
    }

    private void begin(String now, long done) {
        end();
        step = now;
        begun = clock.getAsLong();
        first = done;
    }

    private void move(long done, long total) {
        ProgressBar moving = bar;
        if (moving == null) {
            moving = new ProgressBarBuilder().setTaskName(step).setInitialMax(total).setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(UPDATE_MILLIS).showSpeed()
                    .setConsumer(new DelegatingProgressBarConsumer(this::print)).build();
            bar = moving;
        }
        moving.maxHint(total);
        moving.stepTo(done);
    }

    private void print(String text) {
        terminal.err().print("\r" + text);
        terminal.err().flush();
    }

    private String line(long done, long total) {
        String place = total > 0
                ? String.format(Locale.ROOT, "%,d of %,d", done, total)
                : String.format(Locale.ROOT, "%,d", done);
        double perSecond = (done - first) / Math.max(1e-9, (clock.getAsLong() - begun) / 1e9);
        String rest = done > first && total > done
                ? String.format(Locale.ROOT, ", %,.0f/s, about %s left", perSecond, time((total - done) / perSecond))
                : "";
        return step + ": " + place + rest;
    }

    /// Seconds as a person reads them.
    static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60
                ? whole + " s"
                : whole < 3600
                        ? whole / 60 + " min " + whole % 60 + " s"
                        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    private void end() {
        ProgressBar moving = bar;
        if (moving != null) {
            moving.close();
            terminal.step("");
            bar = null;
        }
    }

    @Override
    public void close() {
        end();
    }
}
