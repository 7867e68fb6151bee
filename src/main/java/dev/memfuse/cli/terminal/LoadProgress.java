package dev.memfuse.cli.terminal;

import java.util.List;

import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Saturation;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.progress.Progress;

/// Describes the progress of a load for the terminal.
public final class LoadProgress {
    private LoadProgress() {}

    /// Returns phase, elapsed and planned time, operations and errors of a run.
    public static Progress of(LoadRun run) {
        return of(run.progress(), run.interim().map(LoadRun.Interim::saturation).orElse(List.of()));
    }

    static Progress of(LoadRun.Status now, List<Saturation> saturation) {
        if (now.after().isPresent()) {
            return now.after().get();
        }
        return new Progress(phase(now.phase()), now.elapsed().toMillis(), now.total().toMillis(),
                Progress.Unit.MILLISECONDS,
                Numbers.count(now.operations(), "operation") + ", " + Numbers.count(now.errors(), "error")
                        + (saturation.isEmpty() ? "" : "; load generator saturated: " + saturation.getFirst().cause()));
    }

    private static String phase(LoadRun.Phase phase) {
        return switch (phase) {
            case PREPARING -> "Preparing the load";
            case WARMUP -> "Warming up";
            case MEASURING -> "Measuring";
            case DRAINING -> "Finishing the last operations";
            case STORING -> "Storing acknowledged messages";
            case REMOVING -> "Removing load data";
            case DONE -> "Load done";
            case FAILED -> "Load failed";
        };
    }
}
