package dev.memfuse.load.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.RunSink;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.generator.EngineSystem;
import dev.memfuse.load.generator.LoadSystem;
import dev.memfuse.metrics.MetricsHub;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs loads against the engine of this process. Each run has one thread `load-<number>` that paces it and virtual
/// threads `load-operation-*` for its operations. Close it before the engine.
public final class EngineLoadService implements LoadService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLoadService.class);
    private static final int REMEMBERED_RUNS = 50;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(15);

    private final Supplier<Optional<LoadSystem>> system;
    private final Tunables tunables;
    private final MetricsHub hub;
    private final Supplier<Map<String, String>> hostProperties;
    private final RunSink usualSink;
    private final Duration drainLimit;
    private final ArrayDeque<RunningLoad> runs = new ArrayDeque<>();
    private final List<Consumer<LoadRun>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable RunningLoad current;
    private @Nullable Reservation reservation;
    private @Nullable Thread currentThread;
    private int started;

    /// @param engine returns the engine once it is ready
    /// @param hostProperties environment entries that the host adds to each result, for instance `database`; read at
    ///        the end of a run, on the run's thread
    /// @param sink takes what a run measured that has no sink of its own
    public EngineLoadService(Supplier<Optional<MemoryEngine>> engine, Tunables tunables, MetricsHub hub,
            Supplier<Map<String, String>> hostProperties, RunSink sink) {
        this(engine, tunables, hub, hostProperties, sink, DRAIN_LIMIT);
    }

    /// Creates a service that keeps figures only.
    public EngineLoadService(Supplier<Optional<MemoryEngine>> engine, Tunables tunables, MetricsHub hub,
            Supplier<Map<String, String>> hostProperties) {
        this(engine, tunables, hub, hostProperties, RunSink.NONE, DRAIN_LIMIT);
    }

    /// @param drainLimit maximum time that a run waits for operations in flight after the last arrival
    EngineLoadService(Supplier<Optional<MemoryEngine>> engine, Tunables tunables, MetricsHub hub,
            Supplier<Map<String, String>> hostProperties, RunSink sink, Duration drainLimit) {
        this(new Environment(tunables, hub, hostProperties), () -> engine.get().map(EngineSystem::new), sink,
                drainLimit);
    }

    /// Returns a service that drives another system than the engine of this process.
    public static EngineLoadService of(LoadSystem system, Tunables tunables, MetricsHub hub,
            Supplier<Map<String, String>> hostProperties, RunSink sink) {
        return new EngineLoadService(new Environment(tunables, hub, hostProperties), () -> Optional.of(system), sink,
                DRAIN_LIMIT);
    }

    private record Environment(Tunables tunables, MetricsHub hub, Supplier<Map<String, String>> hostProperties) {}

    private EngineLoadService(Environment environment, Supplier<Optional<LoadSystem>> system, RunSink sink,
            Duration drainLimit) {
        this.usualSink = sink;
        this.drainLimit = drainLimit;
        this.system = system;
        this.tunables = environment.tunables();
        this.hub = environment.hub();
        this.hostProperties = environment.hostProperties();
    }

    @Override
    public LoadRun start(Workload workload) {
        return start(workload, usualSink, null);
    }

    private LoadRun start(Workload workload, RunSink sink, @Nullable Reservation by) {
        WorkloadCheck.check(workload);
        RunningLoad run = begin(workload, sink, by);
        LOG.info("Load: run {} started, {}", run.number(), workload);
        notifyListeners(run);
        return run;
    }

    private synchronized RunningLoad begin(Workload workload, RunSink sink, @Nullable Reservation by) {
        if (by == null) {
            requireUnreserved();
        }
        if (current != null) {
            throw new IllegalStateException("A load is running already. Stop it or wait for its end.");
        }
        LoadSystem ready = system.get()
                .orElseThrow(() -> new IllegalStateException("The memory engine is not ready yet."));
        RunningLoad run = by == null
                ? new RunningLoad(++started, workload, Optional.empty(), hub)
                : by.next(workload);
        remember(run);
        current = run;
        RunContext context = new RunContext(ready, tunables, hub, ready.deadLetters(), drainLimit,
                hostProperties);
        currentThread = BackgroundThreads.platform("load-" + run.number()).start(() -> {
            run.execute(context, sink, this::release);
            logEnd(run);
            notifyListeners(run);
        });
        return run;
    }

    /// The many loads of an experiment must not push out those that somebody started.
    private void remember(RunningLoad run) {
        if (runs.size() == REMEMBERED_RUNS) {
            RunningLoad oldest = runs.stream().filter(one -> one.experiment().isPresent()).findFirst()
                    .orElseGet(runs::getFirst);
            runs.remove(oldest);
        }
        runs.addLast(run);
    }

    @Override
    public synchronized Optional<String> reservedBy() {
        return Optional.ofNullable(reservation).map(held -> held.holder);
    }

    private void requireUnreserved() {
        if (reservation != null) {
            throw new IllegalStateException(
                    "A " + reservation.holder + " is running. Stop it or wait for its end.");
        }
    }

    @Override
    public void requireWritable() {
        Optional<LoadSystem> _ = system.get();
    }

    @Override
    public synchronized LoadReservation reserve(String holder) {
        requireUnreserved();
        if (current != null) {
            throw new IllegalStateException("A load is running. Stop it or wait for its end.");
        }
        reservation = new Reservation(holder);
        return reservation;
    }

    private final class Reservation implements LoadReservation {
        private final String holder;
        private int loads;

        Reservation(String holder) {
            this.holder = holder;
        }

        /// Returns the next load of the experiment. Under the lock of the service.
        RunningLoad next(Workload workload) {
            loads++;
            return new RunningLoad(loads, workload, Optional.of(holder + ", load " + loads), hub);
        }

        @Override
        public LoadRun start(Workload workload, RunSink sink) {
            return EngineLoadService.this.start(workload, sink, this);
        }

        @Override
        public void close() {
            synchronized (EngineLoadService.this) {
                if (reservation == this) {
                    reservation = null;
                }
            }
        }
    }

    private static void logEnd(LoadRun run) {
        LoadRun.Status end = run.progress();
        String outcome = String.format(Locale.ROOT, "%,d operations, %,d errors in %.1f s", end.operations(),
                end.errors(), end.elapsed().toMillis() / 1e3);
        run.result().whenComplete((result, failure) -> {
            if (failure != null) {
                LOG.warn("Load: run {} failed after {}", run.number(), outcome, failure);
            } else {
                LOG.info("Load: run {} ended {}, {}, {} warnings", run.number(), result.verdict().outcome().label(),
                        outcome, result.warnings().size());
            }
        });
    }

    private synchronized void release() {
        current = null;
    }

    private void notifyListeners(LoadRun run) {
        for (Consumer<LoadRun> listener : listeners) {
            try {
                listener.accept(run);
            } catch (Throwable e) {
                BackgroundHealth.report("load listener", e);
            }
        }
    }

    @Override
    public synchronized Optional<LoadRun> current() {
        return Optional.ofNullable(current);
    }

    @Override
    public synchronized List<LoadRun> runs() {
        return List.copyOf(runs);
    }

    @Override
    public void onRun(Consumer<LoadRun> listener) {
        listeners.add(listener);
    }

    /// Stops the run in progress and waits until its operations have ended, at most as long as a run may drain.
    @Override
    public void close() {
        Thread thread;
        synchronized (this) {
            thread = currentThread;
            if (current != null) {
                current.stop();
            }
        }
        try {
            if (thread != null && !thread.join(drainLimit.plus(Duration.ofSeconds(1)))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
