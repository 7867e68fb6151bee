package dev.memfuse.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The verdict on a run.
///
/// @param outcome outcome of the weightiest reason
/// @param reasons why the run is not good, weightiest first; empty for a good run
public record Verdict(Outcome outcome, List<Reason> reasons) {
    /// The verdict on a run that kept every limit.
    public static final Verdict GOOD = new Verdict(Outcome.GOOD, List.of());

    /// The outcomes of a run.
    public enum Outcome {
        /// Every limit was kept.
        GOOD,
        /// The engine or the database did not do the work, or a threshold was missed.
        FAILED,
        /// The figures do not describe the load that was asked for.
        VOID,
        /// Ended by hand; the figures cover the part until then.
        STOPPED;

        /// Returns the name in results: lower case.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The causes that a run is not good, weightiest first.
    public enum Cause {
        /// Acknowledged messages are not in the database.
        UNSAVED_MESSAGES(Outcome.FAILED),
        /// The database refused acknowledged messages for their content.
        REFUSED_MESSAGES(Outcome.FAILED),
        /// Stopped by hand.
        STOPPED(Outcome.STOPPED),
        /// No operation of the measured part succeeded.
        NO_OPERATION(Outcome.FAILED),
        /// Too large a share of the operations failed.
        ERROR_SHARE(Outcome.FAILED),
        /// Operations did not end.
        UNFINISHED(Outcome.FAILED),
        /// A threshold of the command line was missed.
        THRESHOLD(Outcome.FAILED),
        /// Too small a share of the offered load was achieved.
        ACHIEVED(Outcome.VOID),
        /// Operations started too late.
        LAG(Outcome.VOID),
        /// The load generator did not get the time that it needs.
        GENERATOR(Outcome.VOID),
        /// The process of the load generator ended before the run.
        GENERATOR_LOST(Outcome.VOID);

        private final Outcome outcome;

        Cause(Outcome outcome) {
            this.outcome = outcome;
        }

        /// Returns the outcome of a run for which this is the weightiest reason.
        public Outcome outcome() {
            return outcome;
        }

        /// Returns the name in results: lower case.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One reason.
    ///
    /// @param value measured value, in the unit of the limit: a share 0..1, or a number
    /// @param limit limit that the value broke; equal to the value when there is no limit, as for a stop
    /// @param sentence for the user
    public record Reason(Cause cause, double value, double limit, String sentence) {}

    /// Returns the verdict that follows from reasons in any order.
    public static Verdict of(List<Reason> reasons) {
        List<Reason> sorted = reasons.stream().sorted(Comparator.comparing(Reason::cause)).toList();
        return sorted.isEmpty() ? GOOD : new Verdict(sorted.getFirst().cause().outcome, sorted);
    }

    /// Returns the verdict with more reasons.
    public Verdict with(List<Reason> more) {
        List<Reason> all = new ArrayList<>(reasons);
        all.addAll(more);
        return of(all);
    }

    /// Returns the verdict without the reasons of some causes.
    public Verdict without(Set<Cause> causes) {
        return of(reasons.stream().filter(reason -> !causes.contains(reason.cause())).toList());
    }

    /// Returns whether a reason has this cause.
    public boolean has(Cause cause) {
        return reasons.stream().anyMatch(reason -> reason.cause() == cause);
    }
}
