package dev.memfuse.lab.compare;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.load.LoadService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs comparisons with the loads of this process. Each has one thread `comparison`. Close it before the loads.
public final class Comparisons implements ComparisonService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Comparisons.class);
    private static final Duration END = Duration.ofSeconds(10);

    private final LoadService loads;
    private final Tunables tunables;
    private final Supplier<Optional<MemoryEngine>> engine;
    private final EqualArms equalArms;
    private final ComparisonSink sink;
    private final List<Consumer<ComparisonRun>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Running current;
    private @Nullable Thread thread;

    /// @param engine returns the engine once it is ready, for the questions of recall
    /// @param equalArms keeps the last comparison of equal arms
    public Comparisons(LoadService loads, Tunables tunables, Supplier<Optional<MemoryEngine>> engine,
            EqualArms equalArms) {
        this(loads, tunables, engine, equalArms, ComparisonSink.NONE);
    }

    /// @param engine returns the engine once it is ready, for the questions of recall
    /// @param equalArms keeps the last comparison of equal arms
    /// @param sink takes what each comparison measured
    public Comparisons(LoadService loads, Tunables tunables, Supplier<Optional<MemoryEngine>> engine,
            EqualArms equalArms, ComparisonSink sink) {
        this.sink = sink;
        this.equalArms = equalArms;
        this.engine = engine;
        this.loads = loads;
        this.tunables = tunables;
    }

    private record Running(ComparisonPlan plan, ComparisonExecution execution,
            CompletableFuture<ComparisonResult> future) implements ComparisonRun {
        @Override
        public Status progress() {
            return execution.progress();
        }

        @Override
        public void stop() {
            execution.stop();
        }

        @Override
        public CompletableFuture<ComparisonResult> result() {
            return future.copy();
        }
    }

    @Override
    public ComparisonRun start(ComparisonPlan plan) {
        Running run = begin(plan);
        notifyListeners(run);
        return run;
    }

    private synchronized Running begin(ComparisonPlan plan) {
        if (current != null) {
            throw new IllegalStateException("A comparison is running already. Stop it or wait for its end.");
        }
        if (loads.current().isPresent()) {
            throw new IllegalStateException("A load is running. Stop it or wait for its end.");
        }
        Running run = new Running(plan, new ComparisonExecution(plan, loads, tunables, engine),
                new CompletableFuture<>());
        current = run;
        thread = BackgroundThreads.platform("comparison").start(() -> execute(run));
        return run;
    }

    private void execute(Running run) {
        LOG.info("Compare: {} against {}, {} pairs", run.plan().b().name(), run.plan().a().name(), run.plan().pairs());
        try {
            ComparisonResult result = run.execution().run();
            LOG.info("Compare: {}", result.sentence());
            keep(result);
            deliver(run.execution(), result);
            release();
            run.future().complete(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            release();
            run.future().completeExceptionally(new IllegalStateException("The comparison was interrupted.", e));
        } catch (Throwable e) {
            LOG.warn("Compare: failed", e);
            release();
            run.future().completeExceptionally(e);
        }
        notifyListeners(run);
    }

    private void deliver(ComparisonExecution execution, ComparisonResult result) {
        try {
            sink.ended(execution.plan(), result, execution.latencies());
        } catch (RuntimeException | Error e) {
            BackgroundHealth.report("comparison sink", e);
        }
    }

    private void keep(ComparisonResult result) {
        if (result.differences().isEmpty() && !result.cancelled()) {
            try {
                equalArms.keep(result);
            } catch (UncheckedIOException e) {
                LOG.warn("Compare: {}", e.getMessage(), e);
            }
        }
    }

    @Override
    public Optional<EqualArms.Smallest> smallestDifference(ComparisonPlan plan) {
        return equalArms.smallest(plan.primary(), plan.pairs(), ComparisonPlan.ALPHA);
    }

    private synchronized void release() {
        current = null;
    }

    private void notifyListeners(ComparisonRun run) {
        for (Consumer<ComparisonRun> listener : listeners) {
            try {
                listener.accept(run);
            } catch (Throwable e) {
                BackgroundHealth.report("comparison listener", e);
            }
        }
    }

    @Override
    public synchronized Optional<ComparisonRun> current() {
        return Optional.ofNullable(current);
    }

    @Override
    public void onRun(Consumer<ComparisonRun> listener) {
        listeners.add(listener);
    }

    /// Ends the comparison in progress and waits until its settings are restored.
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            running = thread;
            if (current != null) {
                current.stop();
            }
        }
        try {
            if (running != null && !running.join(END)) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
