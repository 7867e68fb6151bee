package dev.memfuse.bench.harness;

import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/// One side of a comparison: callers that do the same thing over and over, each on a thread of its own.
///
/// @param name for the report
/// @param callers at least one
/// @param threads what they run on
/// @param pace when a caller's calls begin; made new for each caller at each slice
/// @param counted done after the callers of a slice ended, and part of its time
/// @param after done after each slice with its time in seconds, and not part of it
public record Candidate(String name, List<Call> callers, ThreadFactory threads, Supplier<Pace> pace, Runnable counted,
        DoubleConsumer after) {

    /// One call of a caller.
    @FunctionalInterface
    public interface Call {
        /// @return what was done: messages, turns, queries
        int run();
    }

    /// Says when calls begin.
    @FunctionalInterface
    public interface Pace {
        /// Waits until the next call may begin, unless that is not before the end.
        ///
        /// @param end on the clock of [System#nanoTime], as the answer
        /// @return when it should begin
        long next(long end);
    }

    /// Callers on virtual threads that call again as soon as they are answered (closed loop).
    public static Candidate of(String name, List<Call> callers) {
        return new Candidate(name, List.copyOf(callers), Thread.ofVirtual().name("engine-bench-", 0).factory(),
                () -> _ -> System.nanoTime(), () -> {}, _ -> {});
    }

    public Candidate on(ThreadFactory other) {
        return new Candidate(name, callers, other, pace, counted, after);
    }

    public Candidate paced(Supplier<Pace> other) {
        return new Candidate(name, callers, threads, other, counted, after);
    }

    public Candidate counting(Runnable other) {
        return new Candidate(name, callers, threads, pace, other, after);
    }

    public Candidate then(DoubleConsumer other) {
        return new Candidate(name, callers, threads, pace, counted, other);
    }
}
