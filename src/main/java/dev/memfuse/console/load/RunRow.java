package dev.memfuse.console.load;

import java.util.Locale;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.report.OfferedLoad;
import dev.memfuse.metrics.stats.Numbers;

/// A run as a row of the table of runs. Equal rows need no redraw.
///
/// @param run the run of this row
record RunRow(LoadRun run, String number, String time, String load, Status status, String throughput, String addP99,
        String queryP99, String errors) {

    /// Status of a run: in progress, the outcome of its verdict, or ended without a result.
    enum Status {
        RUNNING,
        GOOD,
        FAILED,
        VOID,
        STOPPED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static RunRow of(LoadRun run) {
        String number = "#" + run.number();
        return switch (run.result().state()) {
            case RUNNING -> new RunRow(run, number, Formats.NONE, loadOf(run), Status.RUNNING, Formats.NONE,
                    Formats.NONE, Formats.NONE, Formats.NONE);
            case SUCCESS -> ended(run, number, run.result().resultNow());
            case FAILED, CANCELLED ->
                new RunRow(run, number, Formats.NONE, loadOf(run), Status.FAILED, Formats.NONE, Formats.NONE,
                        Formats.NONE, Formats.NONE);
        };
    }

    private static RunRow ended(LoadRun run, String number, LoadResult result) {
        Status status = switch (result.verdict().outcome()) {
            case GOOD -> Status.GOOD;
            case FAILED -> Status.FAILED;
            case VOID -> Status.VOID;
            case STOPPED -> Status.STOPPED;
        };
        return new RunRow(run, number, Formats.timeOfDay(result.startedAt()), loadOf(run), status,
                Formats.rate(result.throughputPerS()), p99(result, "add"), p99(result, "query"),
                Formats.count(result.errors()));
    }

    private static String p99(LoadResult result, String operation) {
        LoadResult.OperationResult found = result.operations().get(operation);
        return found == null || found.samples() == 0
                ? Formats.NONE
                : Numbers.percentile(found.samples(), 99, found.latencyMs().p99());
    }

    /// Returns the offered load of a run now, or at its end, with its users.
    static String loadOf(LoadRun run) {
        return OfferedLoad.of(run.workload(), run.progress().load()) + ", "
                + Numbers.count(run.workload().users(), "user");
    }
}
