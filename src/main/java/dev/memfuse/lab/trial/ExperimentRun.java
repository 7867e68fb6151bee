package dev.memfuse.lab.trial;

import java.util.concurrent.CompletableFuture;

/// An experiment, active or ended. Thread-safe; no method blocks.
///
/// @param <P> plan
/// @param <S> progress
/// @param <R> result
public interface ExperimentRun<P, S, R> {

    /// Returns the plan.
    P plan();

    /// Returns the progress now.
    S progress();

    /// Ends the experiment early; its result covers what was measured until then.
    void stop();

    /// Returns whether [#result] is complete. Whoever asks again and again asks this: each future of the result is kept
    /// until the end of the experiment.
    boolean ended();

    /// Returns a future of the result; it completes exceptionally when the experiment failed.
    CompletableFuture<R> result();
}
