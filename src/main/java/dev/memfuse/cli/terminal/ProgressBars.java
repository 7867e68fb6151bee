package dev.memfuse.cli.terminal;

import java.io.PrintWriter;
import java.util.Locale;

import dev.memfuse.load.LoadRun;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Progress as a bar that moves, for a person at a terminal.
final class ProgressBars {
    private static final int UPDATE_MILLIS = 200;

    private final PrintWriter err;

    ProgressBars(PrintWriter err) {
        this.err = err;
    }

    void follow(LoadRun run) throws InterruptedException {
        ProgressBarBuilder builder = new ProgressBarBuilder().setTaskName("Load")
                .setInitialMax(run.progress().total().toMillis()).setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS).setUnit(" s", 1000).hideEta()
                .setConsumer(new DelegatingProgressBarConsumer(this::show));
        try (ProgressBar bar = builder.build()) {
            while (!ProgressLines.ended(run)) {
                show(bar, run.progress());
            }
            show(bar, run.progress());
        }
        err.println();
        err.flush();
    }

    private static void show(ProgressBar bar, LoadRun.Progress progress) {
        bar.stepTo(Math.min(progress.elapsed().toMillis(), progress.total().toMillis()));
        bar.setExtraMessage(String.format(Locale.ROOT, "%s, %,d operations, %,d errors",
                progress.phase().name().toLowerCase(Locale.ROOT), progress.operations(), progress.errors()));
    }

    private void show(String text) {
        err.print("\r" + text);
        err.flush();
    }
}
