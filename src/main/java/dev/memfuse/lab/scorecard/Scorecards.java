package dev.memfuse.lab.scorecard;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.compare.Arms;
import dev.memfuse.metrics.MetricsHub;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs scorecards on the engine of this process. Each has one thread `scorecard`. Close it before the engine.
public final class Scorecards implements ScorecardService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scorecards.class);
    private static final Duration END = Duration.ofSeconds(20);

    private final Environment environment;
    private final BiConsumer<ScorecardPlan, ScorecardResult> sink;
    private final List<Consumer<ScorecardRun>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Running current;
    private @Nullable Thread thread;

    /// What a scorecard needs of the program.
    ///
    /// @param engine the running engine; empty when it is not ready
    /// @param tunables settings of the engine
    /// @param metrics measurements of the engine
    /// @param arms makes settings from profiles and the configuration in force
    /// @param busy returns the work that runs now and would disturb a scorecard, as a sentence; empty when none does
    public record Environment(Supplier<Optional<MemoryEngine>> engine, Tunables tunables, MetricsHub metrics,
            Supplier<Arms> arms, Supplier<Optional<String>> busy) {}

    /// Creates a service that records nothing.
    public Scorecards(Environment environment) {
        this(environment, (_, _) -> {});
    }

    /// @param sink takes each result before it is published; must not fail
    public Scorecards(Environment environment, BiConsumer<ScorecardPlan, ScorecardResult> sink) {
        this.sink = sink;
        this.environment = environment;
    }

    private record Running(ScorecardPlan plan, ScorecardExecution execution,
            CompletableFuture<ScorecardResult> future) implements ScorecardRun {
        @Override
        public Status progress() {
            return execution.progress();
        }

        @Override
        public void stop() {
            execution.stop();
        }

        @Override
        public CompletableFuture<ScorecardResult> result() {
            return future.copy();
        }
    }

    @Override
    public ScorecardRun start(ScorecardPlan plan) {
        Running run = begin(plan);
        tellListeners(run);
        return run;
    }

    private synchronized Running begin(ScorecardPlan plan) {
        if (current != null) {
            throw new IllegalStateException("A scorecard is running already. Stop it or wait for its end.");
        }
        environment.busy().get().ifPresent(sentence -> {
            throw new IllegalStateException(sentence);
        });
        MemoryEngine engine = environment.engine().get()
                .orElseThrow(() -> new IllegalStateException("The engine is not ready."));
        Running run = new Running(plan, new ScorecardExecution(plan, new BlockRunner(engine, environment.metrics()),
                environment.tunables(), environment.arms().get()), new CompletableFuture<>());
        current = run;
        thread = BackgroundThreads.platform("scorecard").start(() -> execute(run));
        return run;
    }

    private void execute(Running run) {
        LOG.info("Scorecard: {} rounds, {} blocks", run.plan().rounds(), run.plan().blocks());
        try {
            ScorecardResult result = run.execution().run();
            LOG.info("Scorecard: {} promises kept, {} not kept", result.count(PromiseResult.Outcome.KEPT),
                    result.count(PromiseResult.Outcome.NOT_KEPT));
            sink.accept(run.plan(), result);
            release();
            run.future().complete(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            release();
            run.future().completeExceptionally(new IllegalStateException("The scorecard was interrupted.", e));
        } catch (Throwable e) {
            LOG.warn("Scorecard: failed", e);
            release();
            run.future().completeExceptionally(e);
        }
        tellListeners(run);
    }

    private synchronized void release() {
        current = null;
    }

    private void tellListeners(ScorecardRun run) {
        for (Consumer<ScorecardRun> listener : listeners) {
            try {
                listener.accept(run);
            } catch (Throwable e) {
                BackgroundHealth.report("scorecard listener", e);
            }
        }
    }

    @Override
    public synchronized Optional<ScorecardRun> current() {
        return Optional.ofNullable(current);
    }

    @Override
    public void onRun(Consumer<ScorecardRun> listener) {
        listeners.add(listener);
    }

    /// Ends the scorecard in progress and waits until its settings are restored.
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
