package dev.memfuse.cli.terminal;

import java.util.Locale;

import dev.memfuse.load.LoadRun;
import dev.memfuse.progress.Progress;

/// Describes the progress of a load for the terminal.
public final class LoadProgress {
    private LoadProgress() {}

    /// Returns phase, elapsed and planned time, operations and errors of a run.
    public static Progress of(LoadRun run) {
        return of(run.progress());
    }

    static Progress of(LoadRun.Status now) {
        return new Progress(phase(now.phase()), now.elapsed().toMillis(), now.total().toMillis(),
                Progress.Unit.MILLISECONDS,
                String.format(Locale.ROOT, "%,d operations, %,d errors", now.operations(), now.errors()));
    }

    private static String phase(LoadRun.Phase phase) {
        return switch (phase) {
            case PREPARING -> "Preparing the load";
            case WARMUP -> "Warming up";
            case MEASURING -> "Measuring";
            case DRAINING -> "Finishing the last operations";
            case DONE -> "Load done";
            case FAILED -> "Load failed";
        };
    }
}
