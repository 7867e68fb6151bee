package dev.memfuse.bootstrap.bench;

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
record Contender(String name, List<Call> callers, ThreadFactory threads, Supplier<Pace> pace, Runnable counted,
        DoubleConsumer after) {

    /// One call of a caller.
    @FunctionalInterface
    interface Call {
        /// @return what was done: messages, turns, queries
        int run();
    }

    /// Says when calls begin.
    @FunctionalInterface
    interface Pace {
        /// Waits until the next call may begin, unless that is not before the end.
        ///
        /// @param end on the clock of [System#nanoTime], as the answer
        /// @return when it should begin
        long next(long end);
    }

    /// Callers on virtual threads that call again as soon as they are answered (closed loop).
    static Contender of(String name, List<Call> callers) {
        return new Contender(name, List.copyOf(callers), Thread.ofVirtual().name("engine-bench-", 0).factory(),
                () -> _ -> System.nanoTime(), () -> {}, _ -> {});
    }

    Contender on(ThreadFactory other) {
        return new Contender(name, callers, other, pace, counted, after);
    }

    Contender paced(Supplier<Pace> other) {
        return new Contender(name, callers, threads, other, counted, after);
    }

    Contender counting(Runnable other) {
        return new Contender(name, callers, threads, pace, other, after);
    }

    Contender then(DoubleConsumer other) {
        return new Contender(name, callers, threads, pace, counted, other);
    }
}
