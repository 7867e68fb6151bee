package dev.memfuse.console.lab.sweep;

import java.time.Duration;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.schema.TypedNumber;
import dev.memfuse.console.context.Lab;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.sweep.SweepDimension;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import org.jspecify.annotations.Nullable;

/// The plan that follows from the form, or its problems as sentences.
///
/// @param plan empty when there is a problem
/// @param problemValues problem of the values; empty for none
/// @param problemLoad problem of the callers or the rate of the load; empty for none
/// @param problemSeconds problem of its length; empty for none
/// @param problemRounds problem of the number of rounds; empty for none
/// @param problemSecond problem of the second parameter or its values; empty for none
record SweepCheck(Optional<SweepPlan> plan, String problemValues, String problemLoad,
        String problemSeconds, String problemRounds, String problemSecond) {
    /// Nothing was checked yet.
    static final SweepCheck NONE = new SweepCheck(Optional.empty(), "", "", "", "", "");
    private static final int MAX_ROUNDS = 20;

    /// The form at one moment, as typed.
    ///
    /// @param closed whether callers wait for each answer; otherwise calls arrive at a rate
    /// @param level callers, or calls per second
    /// @param seconds measured part of each load
    /// @param second the second parameter of a grid; [SweepForm#NONE] for one parameter
    /// @param secondValues its values
    record Draft(String parameter, String values, boolean closed, String level, String seconds, String rounds,
            String second, String secondValues) {
        /// Returns whether a parameter is the level of the load itself.
        boolean ofLoad() {
            return ofLoad(parameter) || ofLoad(second);
        }

        private static boolean ofLoad(String name) {
            return name.equals(SweepPlan.CONCURRENCY) || name.equals(SweepPlan.RATE);
        }

        /// Returns whether two parameters make a grid.
        boolean grid() {
            return !second.equals(SweepForm.NONE);
        }
    }

    /// Makes the plan of a form.
    static SweepCheck of(Draft draft, Lab lab) {
        String problemRounds = rounds(draft) == 0
                ? String.format(Locale.ROOT, "Enter a whole number from 1 to %d.", MAX_ROUNDS)
                : "";
        String problemLoad = draft.ofLoad() ? "" : problemOfLoad(draft);
        String problemSeconds = problemOfSeconds(draft);
        String problemValues = problemOfValues(draft.values());
        String problemSecond = draft.grid() ? problemOfValues(draft.secondValues()) : "";
        if (!problemValues.isEmpty() || !problemSecond.isEmpty() || !problemLoad.isEmpty()
                || !problemSeconds.isEmpty() || !problemRounds.isEmpty()) {
            return new SweepCheck(Optional.empty(), problemValues, problemLoad, problemSeconds, problemRounds,
                    problemSecond);
        }
        String problem = "";
        try {
            SweepDimension first = SweepDimension.of(draft.parameter(), draft.values());
            return new SweepCheck(Optional.of(new SweepPlan(first.parameter(), first.values(),
                    lab.arms().get().running(), workload(draft), rounds(draft), second(draft))), "", "", "", "", "");
        } catch (ConfigException e) {
            problem = e.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining(" "));
        } catch (IllegalArgumentException e) {
            problem = String.valueOf(e.getMessage());
        }
        boolean ofFirst = !draft.grid() || !works(draft, lab);
        return new SweepCheck(Optional.empty(), ofFirst ? problem : "", "", "", "", ofFirst ? "" : problem);
    }

    /// Returns whether the first parameter alone can be swept, so that a problem is one of the second.
    private static boolean works(Draft draft, Lab lab) {
        Draft first = new Draft(draft.parameter(), draft.values(), draft.closed(), draft.level(), draft.seconds(),
                draft.rounds(), SweepForm.NONE, "");
        return of(first, lab).plan().isPresent();
    }

    private static @Nullable SweepDimension second(Draft draft) {
        return draft.grid() ? SweepDimension.of(draft.second(), draft.secondValues()) : null;
    }

    private static String problemOfValues(String values) {
        try {
            SweepDimension.of("", values);
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static int rounds(Draft draft) {
        int number = TypedNumber.whole(draft.rounds()).orElse(0);
        return number >= 1 && number <= MAX_ROUNDS ? number : 0;
    }

    private static String problemOfLoad(Draft draft) {
        try {
            return WorkloadCheck.problem(SweepPlan.POINT.withArrival(arrival(draft)));
        } catch (NoSuchElementException _) {
            return draft.closed()
                    ? "Enter callers as a whole number, for instance 16."
                    : "Enter operations per second.";
        }
    }

    private static String problemOfSeconds(Draft draft) {
        OptionalDouble seconds = TypedNumber.decimal(draft.seconds());
        return seconds.isEmpty()
                ? "Enter seconds, for instance 2.5."
                : WorkloadCheck.problem(SweepPlan.POINT.withDuration(duration(seconds.getAsDouble())));
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(1_000 * seconds));
    }

    /// @throws NoSuchElementException when a field is no number
    private static Workload workload(Draft draft) {
        Workload timed = SweepPlan.POINT
                .withDuration(duration(TypedNumber.decimal(draft.seconds()).orElseThrow()));
        return draft.ofLoad() ? timed : timed.withArrival(arrival(draft));
    }

    /// @throws NoSuchElementException when the level is no number
    private static Workload.Arrival arrival(Draft draft) {
        return draft.closed()
                ? new Workload.Arrival.Closed(TypedNumber.whole(draft.level()).orElseThrow())
                : new Workload.Arrival.Open(TypedNumber.decimal(draft.level()).orElseThrow(),
                        ScenarioDefaults.MAX_IN_FLIGHT);
    }
}
