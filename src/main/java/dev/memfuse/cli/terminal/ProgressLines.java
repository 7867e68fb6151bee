package dev.memfuse.cli.terminal;

import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.memfuse.load.LoadRun;

/// Progress as one plain line every few seconds and at each new phase, for logs.
final class ProgressLines {
    private static final long LOOK_MILLIS = 250;
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Terminal terminal;

    ProgressLines(Terminal terminal) {
        this.terminal = terminal;
    }

    void follow(LoadRun run) throws InterruptedException {
        LoadRun.Progress last = run.progress();
        terminal.step(line(last));
        long lastLine = System.nanoTime();
        while (!ended(run)) {
            LoadRun.Progress now = run.progress();
            if (now.phase() != last.phase() || System.nanoTime() - lastLine >= LINE_NANOS) {
                terminal.step(line(now));
                last = now;
                lastLine = System.nanoTime();
            }
        }
        terminal.step(line(run.progress()));
    }

    /// Waits a moment for the end.
    static boolean ended(LoadRun run) throws InterruptedException {
        try {
            run.result().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    static String line(LoadRun.Progress progress) {
        return String.format(Locale.ROOT, "%-9s %5.1f of %.1f s, %,d operations, %,d errors",
                progress.phase().name().toLowerCase(Locale.ROOT), progress.elapsed().toMillis() / 1000.0,
                progress.total().toMillis() / 1000.0, progress.operations(), progress.errors());
    }
}
