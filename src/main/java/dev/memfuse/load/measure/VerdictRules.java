package dev.memfuse.load.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.memfuse.config.section.LoadConfig;
import dev.memfuse.config.section.LoadConfig.LimitsConfig;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.StorageResult;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Verdict.Cause;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// Decides on a run by the limits of the configuration.
///
/// @param config section `load` at the end of the run
public record VerdictRules(LoadConfig config) {
    /// A shorter delay of the start is the precision of the clock and of the scheduler, whatever the latency is.
    static final double MIN_LAG_MS = 10;

    /// The counts of a run that its verdict depends on; they are of the measured part and of all operations together.
    ///
    /// @param succeeded successful operations
    /// @param errors failed operations
    /// @param unfinished operations that did not end
    /// @param latencyMs latencies
    /// @param plannedSeconds planned duration
    /// @param seconds duration until the end or the stop
    /// @param stopped whether the run was stopped by hand
    public record Counts(long succeeded, long errors, long unfinished, Percentiles latencyMs, double plannedSeconds,
            double seconds, boolean stopped) {}

    /// Returns the verdict.
    ///
    /// @param drainSeconds time that a run waits for its last operations
    public Verdict verdict(Counts counts, ArrivalResult arrival, StorageResult storage, long drainSeconds) {
        List<Verdict.Reason> reasons = new ArrayList<>();
        LimitsConfig limits = config.limits();
        if (storage.unsaved() > limits.unsavedMessages() && !config.databaseAway()) {
            reasons.add(new Verdict.Reason(Cause.UNSAVED_MESSAGES, storage.unsaved(), limits.unsavedMessages(),
                    ResultWarnings.unsaved(storage)));
        }
        if (storage.refusedRounds() > 0) {
            reasons.add(new Verdict.Reason(Cause.REFUSED_MESSAGES, storage.refusedRounds(), 0,
                    "The database refused " + Numbers.count(storage.refusedRounds(), "acknowledged round")
                            + " for the content: see 'dead-letters list'."));
        }
        if (counts.stopped()) {
            reasons.add(new Verdict.Reason(Cause.STOPPED, counts.seconds(), counts.seconds(), stopped(counts)));
        }
        if (counts.succeeded() == 0 && !(counts.stopped() && counts.errors() + counts.unfinished() == 0)) {
            reasons.add(new Verdict.Reason(Cause.NO_OPERATION, 0, 0, "No operation of the measured part succeeded."));
        }
        checkErrors(counts, limits, reasons);
        if (counts.unfinished() > limits.unfinished()) {
            reasons.add(new Verdict.Reason(Cause.UNFINISHED, counts.unfinished(), limits.unfinished(),
                    String.format(Locale.ROOT, "%,d %s not end within %d s after the last arrival; percentiles count "
                            + "%s with the time that had passed.", counts.unfinished(),
                            counts.unfinished() == 1 ? "operation did" : "operations did", drainSeconds,
                            counts.unfinished() == 1 ? "it" : "them")));
        }
        if (arrival.open() && arrival.scheduled() > 0) {
            checkArrivals(arrival, counts, limits, reasons);
        }
        return Verdict.of(reasons);
    }

    private static String stopped(Counts counts) {
        return counts.seconds() > 0
                ? String.format(Locale.ROOT, "Stopped by hand after %.1f s of %.1f s.", counts.seconds(),
                        counts.plannedSeconds())
                : "Stopped by hand before its first measurement.";
    }

    private static void checkErrors(Counts counts, LimitsConfig limits, List<Verdict.Reason> reasons) {
        long ended = counts.errors() + counts.succeeded();
        double share = ended == 0 ? 0 : (double) counts.errors() / ended;
        if (share > limits.errorShare()) {
            reasons.add(new Verdict.Reason(Cause.ERROR_SHARE, share, limits.errorShare(),
                    String.format(Locale.ROOT, "%.1f %% of the operations failed (at most %s %% may).", share * 100,
                            percent(limits.errorShare()))));
        }
    }

    private void checkArrivals(ArrivalResult arrival, Counts counts, LimitsConfig limits,
            List<Verdict.Reason> reasons) {
        if (arrival.achieved() < limits.achieved()) {
            reasons.add(new Verdict.Reason(Cause.ACHIEVED, arrival.achieved(), limits.achieved(),
                    String.format(Locale.ROOT, "Void as a measurement at this rate: only %.1f %% of the offered load "
                            + "was achieved (%s %% are needed).", arrival.achieved() * 100,
                            percent(limits.achieved()))));
        }
        lag(arrival, counts.latencyMs()).ifPresent(reasons::add);
    }

    /// Returns why the start of the operations of an open run is too late; empty when it is not, or there are too few
    /// to say.
    ///
    /// @param latencyMs latencies of all operations together
    public Optional<Verdict.Reason> lag(ArrivalResult arrival, Percentiles latencyMs) {
        double limit = config.limits().lag();
        // A percentile of few samples decides nothing.
        OptionalDouble judged = Percentiles.highestReliable(arrival.started());
        if (judged.isEmpty()) {
            return Optional.empty();
        }
        double percentile = Math.min(99, judged.getAsDouble());
        double lag = arrival.lagMs().at(percentile);
        double latency = latencyMs.at(percentile);
        return lag > limit * latency && lag > MIN_LAG_MS
                ? Optional.of(new Verdict.Reason(Cause.LAG, lag / latency, limit, String.format(Locale.ROOT,
                        "Void as a measurement of the engine: operations started late. %s of the delay is %,.0f ms, "
                                + "more than %s %% of the latency's (%,.0f ms); the difference between latency and "
                                + "service time is waiting outside the engine.",
                        Percentiles.name(percentile), lag, percent(limit), latency)))
                : Optional.empty();
    }

    private static String percent(double share) {
        double percent = share * 100;
        return percent == Math.rint(percent)
                ? String.format(Locale.ROOT, "%.0f", percent)
                : String.format(Locale.ROOT, "%.4g", percent).replaceFirst("0+$", "");
    }
}
