package dev.memfuse.bench.harness;

import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;

/// One candidate of a comparison: callers that repeat the same call, each on its own thread.
///
/// @param name for the report
/// @param callers at least one
/// @param threads create one thread for each caller and slice
/// @param pace decides when a caller's calls start; created anew for each caller and slice
/// @param drain runs after the callers of a slice have ended and counts as part of the slice's time
/// @param afterSlice receives the time of each slice in seconds; is not part of it
public record Candidate(String name, List<Call> callers, ThreadFactory threads, Supplier<Pace> pace, Runnable drain,
        DoubleConsumer afterSlice) {

    /// One call of a caller.
    @FunctionalInterface
    public interface Call {
        /// Makes the call and returns the number of processed items: messages, turns or queries.
        int run();
    }

    /// Decides when calls start.
    @FunctionalInterface
    public interface Pace {
        /// Waits until the next call is due; does not wait when it is due at or after `end`.
        ///
        /// @param end end of the slice on the clock of [System#nanoTime]
        /// @return the scheduled start on the same clock
        long next(long end);
    }

    /// Returns callers on virtual threads that call again as soon as the previous call has returned (closed loop).
    public static Candidate of(String name, List<Call> callers) {
        return new Candidate(name, List.copyOf(callers),
                BackgroundThreads.virtual("engine-bench").name("engine-bench-", 0).factory(),
                () -> _ -> System.nanoTime(), () -> {}, _ -> {});
    }

    /// Returns this candidate on other threads.
    public Candidate onThreads(ThreadFactory factory) {
        return new Candidate(name, callers, factory, pace, drain, afterSlice);
    }

    /// Returns this candidate with another pace.
    public Candidate paced(Supplier<Pace> newPace) {
        return new Candidate(name, callers, threads, newPace, drain, afterSlice);
    }

    /// Returns this candidate with work that completes each slice and counts as part of its time.
    public Candidate drainedBy(Runnable newDrain) {
        return new Candidate(name, callers, threads, pace, newDrain, afterSlice);
    }

    /// Returns this candidate with an action after each slice, which receives the time of the slice in seconds.
    public Candidate afterEachSlice(DoubleConsumer action) {
        return new Candidate(name, callers, threads, pace, drain, action);
    }
}
