package dev.memfuse.console.load;

import java.util.Locale;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;

/// A run as a row of the table of runs. Equal rows need no redraw.
///
/// @param run the run of this row
record RunRow(LoadRun run, String number, String time, String load, Status status, String throughput, String addP99,
        String queryP99, String errors) {

    /// Status of a run.
    enum Status {
        RUNNING,
        DONE,
        FAILED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static RunRow of(LoadRun run) {
        String number = "#" + run.number();
        String load = describe(run.workload());
        return switch (run.result().state()) {
            case RUNNING -> new RunRow(run, number, Formats.NONE, load, Status.RUNNING, Formats.NONE, Formats.NONE,
                    Formats.NONE, Formats.NONE);
            case SUCCESS -> done(run, number, load, run.result().resultNow());
            case FAILED, CANCELLED ->
                new RunRow(run, number, Formats.NONE, load, Status.FAILED, Formats.NONE, Formats.NONE,
                        Formats.NONE, Formats.NONE);
        };
    }

    private static RunRow done(LoadRun run, String number, String load, LoadResult result) {
        double throughput = result.operations().values().stream()
                .mapToDouble(LoadResult.OperationResult::throughputPerS).sum();
        long errors = result.operations().values().stream().mapToLong(LoadResult.OperationResult::errors).sum();
        return new RunRow(run, number, Formats.timeOfDay(result.startedAt()), load, Status.DONE,
                Formats.rate(throughput),
                p99(result, "add"), p99(result, "query"), Formats.count(errors));
    }

    private static String p99(LoadResult result, String operation) {
        LoadResult.OperationResult found = result.operations().get(operation);
        return found == null || found.count() == 0 ? Formats.NONE : Formats.millis(found.latencyMs().p99());
    }

    private static String describe(Workload workload) {
        String users = ", " + Formats.count(workload.users()) + (workload.users() == 1 ? " user" : " users");
        return switch (workload.arrival()) {
            case Workload.Arrival.Closed(int concurrency) -> "closed, " + concurrency + " calls" + users;
            case Workload.Arrival.Open(double rate, _) -> "open, " + Formats.rate(rate) + " ops/s" + users;
        };
    }
}
