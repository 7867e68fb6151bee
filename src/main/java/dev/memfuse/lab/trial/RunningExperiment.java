package dev.memfuse.lab.trial;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// An experiment as its callers see it, until its end and after it. Thread-safe; no method blocks.
///
/// @param <P> plan
/// @param <S> progress
/// @param <R> result
public abstract class RunningExperiment<P, S, R> implements ExperimentRun<P, S, R> {
    private final Supplier<P> plan;
    private final Supplier<S> progress;
    private final Runnable stop;
    private final CompletableFuture<R> future = new CompletableFuture<>();

    /// @param plan returns the plan, which may be completed while the experiment runs
    /// @param progress returns the progress now
    /// @param stop ends the work early; returns at once
    protected RunningExperiment(Supplier<P> plan, Supplier<S> progress, Runnable stop) {
        this.plan = plan;
        this.progress = progress;
        this.stop = stop;
    }

    @Override
    public final P plan() {
        return plan.get();
    }

    @Override
    public final S progress() {
        return progress.get();
    }

    @Override
    public final void stop() {
        stop.run();
    }

    @Override
    public final boolean ended() {
        return future.isDone();
    }

    @Override
    public final CompletableFuture<R> result() {
        return future.copy();
    }

    /// Publishes the result.
    final void end(R result) {
        future.complete(result);
    }

    /// Publishes the failure.
    final void fail(Throwable failure) {
        future.completeExceptionally(failure);
    }
}
