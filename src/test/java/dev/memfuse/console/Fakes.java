package dev.memfuse.console;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import javafx.stage.Stage;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.config.yaml.FileConnections;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.context.EngineControl;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.context.Monitoring;
import dev.memfuse.console.context.Settings;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.log.SampleLog;
import dev.memfuse.console.shell.WindowStateFile;
import dev.memfuse.console.target.SampleTargets;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.DatabaseChoice;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.advice.run.AdvicePlan;
import dev.memfuse.lab.advice.run.AdviceReport;
import dev.memfuse.lab.advice.run.AdviceRun;
import dev.memfuse.lab.advice.run.AdviceService;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.advice.run.TrialPlan;
import dev.memfuse.lab.advice.run.TrialRun;
import dev.memfuse.lab.advice.run.TrialService;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.compare.ComparisonService;
import dev.memfuse.lab.compare.EqualArms;
import dev.memfuse.lab.scenario.ScenarioRunner;
import dev.memfuse.lab.scorecard.ScorecardPlan;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.lab.scorecard.ScorecardRun;
import dev.memfuse.lab.scorecard.ScorecardService;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.sweep.SweepRun;
import dev.memfuse.lab.sweep.SweepService;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.trial.ExperimentRun;
import dev.memfuse.lab.trial.ExperimentService;
import dev.memfuse.lab.tune.TunePlan;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.lab.tune.TuneRun;
import dev.memfuse.lab.tune.TuneService;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.RunSink;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Workload;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.alert.AlertLimits;
import dev.memfuse.metrics.alert.PerformanceMonitor;
import dev.memfuse.metrics.stats.Percentiles;
import dev.memfuse.progress.Progress;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerControl;
import org.jspecify.annotations.Nullable;

/// Fakes of the services that the console uses. Settings and profiles are real.
public final class Fakes {
    private Fakes() {}

    /// A host with a state that the test sets.
    public static final class Host implements EngineHost {
        private final List<Consumer<EngineState>> listeners = new CopyOnWriteArrayList<>();
        private volatile EngineState state = new EngineState.Starting("Unpacking PostgreSQL", 0.4);
        /// Requests in their order.
        public final List<String> requests = new ArrayList<>();
        /// Ends with the test's outcome of a change of the database.
        public final CompletableFuture<Void> connected = new CompletableFuture<>();
        /// Ends with the test's outcome of the test of a database; by default it can be used.
        public CompletableFuture<Void> checked = CompletableFuture.completedFuture(null);
        /// URL of the database in use; empty for the embedded server.
        public volatile String url = "";
        /// Whether it is open read-only.
        public volatile boolean readOnly;
        /// The engine; null while there is none.
        public volatile @Nullable MemoryEngine engine;

        public void become(EngineState next) {
            state = next;
            listeners.forEach(listener -> listener.accept(next));
        }

        @Override
        public EngineState state() {
            return state;
        }

        @Override
        public void onState(Consumer<EngineState> listener) {
            listeners.add(listener);
            listener.accept(state);
        }

        @Override
        public Optional<MemoryEngine> engine() {
            return Optional.ofNullable(engine);
        }

        @Override
        public void retry() {
            requests.add("retry");
        }

        @Override
        public CompletableFuture<Void> check(DatabaseChoice choice) {
            return checked;
        }

        @Override
        public CompletableFuture<Void> connect(DatabaseChoice next, Runnable change, Runnable takeBack) {
            requests.add("connect " + next.url() + (next.readOnly() ? " read-only" : ""));
            change.run();
            return connected.whenComplete((_, failure) -> {
                if (failure == null) {
                    url = next.url();
                    readOnly = next.readOnly();
                } else {
                    takeBack.run();
                }
            });
        }

        /// Makes the change; takes it back when the test's outcome is a failure.
        @Override
        public CompletableFuture<Void> restart(Runnable change, Runnable takeBack) {
            requests.add("restart");
            change.run();
            if (connected.isCompletedExceptionally()) {
                takeBack.run();
            }
            return connected;
        }

        @Override
        public String url() {
            return url;
        }

        @Override
        public boolean readOnly() {
            return readOnly;
        }
    }

    /// A service with runs that the test ends.
    public static final class Loads implements LoadService {
        private final List<Run> runs = new CopyOnWriteArrayList<>();
        private final List<Consumer<LoadRun>> listeners = new CopyOnWriteArrayList<>();
        /// Message with which the next start is refused; empty to accept it.
        public String refusal = "";

        /// What an experiment that holds the loads says; empty when none holds them.
        public String reserved = "";
        public int reservations;
        /// The experiment that holds the loads; empty for none.
        public String holder = "";

        @Override
        public LoadReservation reserve(String holder) {
            if (!reserved.isEmpty()) {
                throw new IllegalStateException(reserved);
            }
            reservations++;
            return new LoadReservation() {
                @Override
                public LoadRun start(Workload workload, RunSink sink) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void close() {
                    reservations--;
                }
            };
        }

        @Override
        public LoadRun start(Workload workload) {
            if (!refusal.isEmpty()) {
                throw new IllegalStateException(refusal);
            }
            return started(new Run(runs.size() + 1, workload));
        }

        private Run started(Run run) {
            runs.add(run);
            listeners.forEach(listener -> listener.accept(run));
            return run;
        }

        @Override
        public Optional<String> reservedBy() {
            return Optional.of(holder).filter(word -> !word.isEmpty());
        }

        @Override
        public Optional<LoadRun> current() {
            return runs.stream().filter(run -> !run.result.isDone()).map(LoadRun.class::cast).findFirst();
        }

        @Override
        public List<LoadRun> runs() {
            return List.copyOf(runs);
        }

        /// Starts a load of an experiment.
        public Run startPart(Workload workload, String experiment) {
            Run run = new Run(runs.size() + 1, workload);
            run.experiment = Optional.of(experiment);
            return started(run);
        }

        @Override
        public void onRun(Consumer<LoadRun> listener) {
            listeners.add(listener);
        }

        public Run last() {
            return runs.getLast();
        }
    }

    /// A run with progress and result that the test sets.
    public static final class Run implements LoadRun {
        private final int number;
        private final Workload workload;
        private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
        public LoadRun.Status progress = new LoadRun.Status(Phase.MEASURING, Duration.ofSeconds(12),
                Duration.ofSeconds(35), 2_431, 0, 8, Duration.ofSeconds(7), Optional.empty());
        /// Requests in their order.
        public final List<String> requests = new ArrayList<>();
        /// Figures so far; empty for none.
        public Optional<LoadRun.Interim> interim = Optional.empty();
        private Optional<String> experiment = Optional.empty();

        @Override
        public Optional<String> experiment() {
            return experiment;
        }

        @Override
        public Optional<LoadRun.Interim> interim() {
            return interim;
        }

        Run(int number, Workload workload) {
            this.number = number;
            this.workload = workload;
        }

        public void end(LoadResult measured) {
            result.complete(measured);
        }

        public void fail(String why) {
            result.completeExceptionally(new IllegalStateException(why));
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public Workload workload() {
            return workload;
        }

        @Override
        public LoadRun.Status progress() {
            return progress;
        }

        @Override
        public void changeLoad(double value) {
            requests.add("change " + value);
        }

        @Override
        public void changeMix(Workload.Mix mix) {
            requests.add("mix " + mix);
        }

        @Override
        public void stop() {
            requests.add("stop");
        }

        @Override
        public boolean ended() {
            return result.isDone();
        }

        @Override
        public CompletableFuture<LoadResult> result() {
            return result;
        }
    }

    /// A service with experiments that the test ends.
    public abstract static class Experiments<P, E> implements ExperimentService<P, E> {
        private final List<E> runs = new CopyOnWriteArrayList<>();
        private final List<Consumer<E>> listeners = new CopyOnWriteArrayList<>();
        /// Message with which the next start is refused; empty to accept it.
        public String refusal = "";
        /// Whether a load stands against a start.
        public boolean blocked;

        abstract E make(P plan);

        abstract boolean active(E run);

        @Override
        public E start(P plan) {
            if (!refusal.isEmpty()) {
                throw new IllegalStateException(refusal);
            }
            E run = make(plan);
            runs.add(run);
            listeners.forEach(listener -> listener.accept(run));
            return run;
        }

        @Override
        public boolean blocked() {
            return blocked;
        }

        @Override
        public Optional<E> current() {
            return runs.stream().filter(this::active).findFirst();
        }

        @Override
        public void onRun(Consumer<E> listener) {
            listeners.add(listener);
        }

        public List<E> runs() {
            return runs;
        }
    }

    /// An experiment with progress and result that the test sets.
    public abstract static class Experiment<P, S, R> implements ExperimentRun<P, S, R> {
        private final P plan;
        private final CompletableFuture<R> result = new CompletableFuture<>();
        public S progress;
        public boolean stopped;

        Experiment(P plan, S progress) {
            this.plan = plan;
            this.progress = progress;
        }

        public void end(R measured) {
            result.complete(measured);
        }

        public void fail(String why) {
            result.completeExceptionally(new IllegalStateException(why));
        }

        @Override
        public P plan() {
            return plan;
        }

        @Override
        public S progress() {
            return progress;
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public boolean ended() {
            return result.isDone();
        }

        @Override
        public CompletableFuture<R> result() {
            return result.copy();
        }
    }

    /// A service with comparisons that the test ends.
    public static final class Comparisons extends Experiments<ComparisonPlan, ComparisonRun>
            implements
                ComparisonService {
        /// What the last A/A showed.
        public Optional<EqualArms.Smallest> smallest = Optional.empty();

        @Override
        ComparisonRun make(ComparisonPlan plan) {
            return new Comparison(plan);
        }

        @Override
        boolean active(ComparisonRun run) {
            return !run.result().isDone();
        }

        @Override
        public Optional<EqualArms.Smallest> smallestDifference(ComparisonPlan plan) {
            return smallest;
        }

        public Comparison last() {
            return (Comparison) runs().getLast();
        }
    }

    /// A comparison with progress and result that the test sets.
    public static final class Comparison extends Experiment<ComparisonPlan, ComparisonRun.Status, ComparisonResult>
            implements
                ComparisonRun {
        Comparison(ComparisonPlan plan) {
            super(plan, new ComparisonRun.Status(0, 0, "", Optional.empty(), Duration.ofMinutes(4), Optional.empty(),
                    List.of()));
        }
    }

    /// A service with scorecards that the test ends.
    public static final class Scorecards extends Experiments<ScorecardPlan, ScorecardRun>
            implements
                ScorecardService {
        @Override
        ScorecardRun make(ScorecardPlan plan) {
            return new Scorecard(plan);
        }

        @Override
        boolean active(ScorecardRun run) {
            return !run.result().isDone();
        }

        public Scorecard last() {
            return (Scorecard) runs().getLast();
        }
    }

    /// A scorecard with progress and result that the test sets.
    public static final class Scorecard extends Experiment<ScorecardPlan, ScorecardRun.Status, ScorecardResult>
            implements
                ScorecardRun {
        Scorecard(ScorecardPlan plan) {
            super(plan, new ScorecardRun.Status(0, "", plan.planned(), List.of()));
        }
    }

    /// A service with sweeps that the test ends.
    public static final class Sweeps extends Experiments<SweepPlan, SweepRun> implements SweepService {
        @Override
        SweepRun make(SweepPlan plan) {
            return new Sweep(plan);
        }

        @Override
        boolean active(SweepRun run) {
            return !run.result().isDone();
        }

        public Sweep last() {
            return (Sweep) runs().getLast();
        }
    }

    /// A sweep with progress and result that the test sets.
    public static final class Sweep extends Experiment<SweepPlan, SweepRun.Status, SweepResult> implements SweepRun {
        Sweep(SweepPlan plan) {
            super(plan, new SweepRun.Status(0, plan.values().size() * plan.rounds(), "", plan.planned(), List.of()));
        }
    }

    /// A service with advice that the test gives.
    public static final class Advices extends Experiments<AdvicePlan, AdviceRun> implements AdviceService {
        @Override
        AdviceRun make(AdvicePlan plan) {
            return new Advised(plan);
        }

        @Override
        boolean active(AdviceRun run) {
            return !run.result().isDone();
        }

        public Advised last() {
            return (Advised) runs().getLast();
        }
    }

    /// A run for advice with progress and result that the test sets.
    public static final class Advised extends Experiment<AdvicePlan, Progress, AdviceReport> implements AdviceRun {
        Advised(AdvicePlan plan) {
            super(plan, Progress.of("Starting"));
        }
    }

    /// A service with trials that the test ends.
    public static final class AdviceTrials extends Experiments<TrialPlan, TrialRun> implements TrialService {
        @Override
        TrialRun make(TrialPlan plan) {
            return new Trial(plan);
        }

        @Override
        boolean active(TrialRun run) {
            return !run.result().isDone();
        }

        public Trial last() {
            return (Trial) runs().getLast();
        }
    }

    /// A trial with progress and result that the test sets.
    public static final class Trial extends Experiment<TrialPlan, ComparisonRun.Status, AdviceTrial>
            implements
                TrialRun {
        Trial(TrialPlan plan) {
            super(plan, new ComparisonRun.Status(0, 0, "", Optional.empty(), Duration.ofMinutes(4), Optional.empty(),
                    List.of()));
        }
    }

    /// A service with tunings that the test ends.
    public static final class Tunes extends Experiments<TunePlan, TuneRun> implements TuneService {
        @Override
        TuneRun make(TunePlan plan) {
            return new Tuning(plan);
        }

        @Override
        boolean active(TuneRun run) {
            return !run.result().isDone();
        }

        public Tuning last() {
            return (Tuning) runs().getLast();
        }
    }

    /// A tuning with progress and result that the test sets.
    public static final class Tuning extends Experiment<TunePlan, TuneRun.Status, TuneResult> implements TuneRun {
        Tuning(TunePlan plan) {
            super(plan, new TuneRun.Status("", 0, plan.budget(), List.of()));
        }
    }

    /// Returns the lab with experiments that the test ends.
    ///
    /// @param folder holds profiles and recordings
    public static Lab lab(Path folder, Tunables tunables) {
        FileProfiles profiles = new FileProfiles(folder.resolve("profiles"));
        return new Lab(new Comparisons(), new Scorecards(), new Sweeps(), new Advices(), new AdviceTrials(),
                new Tunes(), () -> new Arms(profiles, tunables.get()),
                new Recordings(folder.resolve("recordings")), _ -> {
                    throw new RecordingException("Nothing was measured in this span.");
                });
    }

    /// Returns live settings with the default values.
    public static LiveTunables tunables() {
        return new LiveTunables(new ConfigLoader().load());
    }

    /// Returns settings that read from `real` and refuse every change.
    public static Tunables refusing(Tunables real, String why) {
        return new Tunables() {
            @Override
            public MemFuseConfig get() {
                return real.get();
            }

            @Override
            public Optional<Change> apply(String cause, UnaryOperator<MemFuseConfig> change) {
                throw new EngineException(why);
            }

            @Override
            public Optional<Change> applyForATime(Tunables.Run run, String cause, UnaryOperator<MemFuseConfig> change) {
                throw new EngineException(why);
            }

            @Override
            public Optional<Change> applyBeforeRestart(Tunables.Run run, String cause,
                    UnaryOperator<MemFuseConfig> change) {
                throw new EngineException(why);
            }

            @Override
            public Subscription reserve(Tunables.Run run) {
                return real.reserve(run);
            }

            @Override
            public Optional<Change> applyWhileStopped(String cause, UnaryOperator<MemFuseConfig> change) {
                throw new EngineException(why);
            }

            @Override
            public Subscription beforeChange(Check check) {
                return real.beforeChange(check);
            }

            @Override
            public Optional<Change> undoable() {
                return real.undoable();
            }

            @Override
            public Optional<Change> undo(Change change) {
                throw new EngineException(why);
            }

            @Override
            public List<Change> history() {
                return real.history();
            }

            @Override
            public Subscription onChange(Listener listener) {
                return real.onChange(listener);
            }
        };
    }

    /// Returns live settings, profiles and connections in a folder.
    public static Settings settings(Path folder) {
        return new Settings(tunables(), new FileProfiles(folder.resolve("profiles")),
                new FileConnections(folder.resolve("connections.yaml")));
    }

    /// Returns a context of fakes with real settings, profiles and metrics.
    public static ConsoleContext context(Path folder, Host host, Loads loads) {
        MetricsHub hub = new MetricsHub(Clock.systemUTC());
        long limit = TimeUnit.MILLISECONDS.toNanos(50);
        PerformanceMonitor monitor = new PerformanceMonitor(hub,
                () -> new AlertLimits(limit, limit, limit, 0.01, 0.9));
        Settings settings = settings(folder);
        Tunables tunables = settings.tunables();
        return new ConsoleContext(
                new EngineControl(host, Fakes::probe, new FakeServerView(), new FakePlans(),
                        () -> host.requests.add("stop")),
                settings, new Monitoring(hub, monitor), loads,
                new ScenarioRunner(loads, tunables, Optional::empty),
                lab(folder, tunables), new ServerControl(
                        new HttpServer.Dependencies(host::engine, () -> 1 << 20, hub,
                                () -> tunables.get().server())),
                new SampleTargets(), SampleLog.in(folder), folder);
    }

    /// Opens the window as the launcher does: what it remembers is read off the FX thread.
    public static Console open(ConsoleContext context) {
        WindowStateFile.Saved earlier = new WindowStateFile(context.stateFolder()).load();
        return OnFx.get(() -> {
            Console console = Console.open(new Stage(), context, earlier);
            console.openPage();
            console.buildPages();
            return console;
        });
    }

    /// Closes the window and waits until its state is saved.
    public static void close(Console console) {
        OnFx.run(console::close);
        console.lastSave().join();
    }

    /// Tests a connection; succeeds for a host named `good`.
    public static DatabaseReport probe(String url) {
        boolean good = url.isEmpty() || url.contains("good");
        return good
                ? new DatabaseReport(true, true, "PostgreSQL 17.5 answers and can be used.",
                        List.of(new DatabaseReport.Property("Version", "PostgreSQL 17.5 on x86_64-pc-linux-gnu"),
                                new DatabaseReport.Property("max_connections", "100, of which 12 are in use"),
                                new DatabaseReport.Property("Rights", "may create tables in schema public"),
                                new DatabaseReport.Property("Missing extensions", "none"),
                                new DatabaseReport.Property("Round trip", "0.8 ms")),
                        List.of("max_connections is 100 and the pool may open 30: leave room for other programs."))
                : new DatabaseReport(false, false, "The host does not answer. Check the host name and the port.",
                        List.of(),
                        List.of());
    }

    /// Returns a result with the latencies of a typical run times `slow`.
    public static LoadResult result(double slow) {
        Map<String, OperationResult> operations = new LinkedHashMap<>();
        operations.put("list", operation(402, 0, 0.6 * slow));
        operations.put("query", operation(2_014, 3, 4.2 * slow));
        operations.put("add", operation(5_618, 0, 2.1 * slow));
        Map<String, Double> stages = new LinkedHashMap<>();
        stages.put("sql", 1.34 * slow);
        stages.put("acquire", 0.41 * slow);
        stages.put("embed", 0.92 * slow);
        stages.put("service", 0.02);
        stages.put("buffer", 0.0);
        stages.put("fuse", 0.12);
        stages.put("other", 0.05);
        return new LoadResult(2, Verdict.GOOD, Instant.parse("2026-11-23T14:03:59Z"), 30, 0, operations,
                List.of(), Map.of("committed", 5_618L, "journaled", 0L, "memory", 0L),
                new LoadResult.StorageResult(56_380, 0, 0, false), stages,
                new LoadResult.PoolResult(percentiles(0.2), 14, 6.4, 2, 30, 0, 8_034),
                new LoadResult.FirstAccessResult(3, percentiles(40)),
                new LoadResult.ArrivalResult("closed", 8, 8_037, 8_037, 0, 1, percentiles(0)),
                new LoadResult.StartSize(3, 1_204, 41_943_040L),
                Map.of("buffer", Map.of("bypass_mode", true)), List.of("+3.0 s: load: concurrency 4 → concurrency 8"),
                Map.of(), List.of("The load and the engine share one machine with 2 processors."));
    }

    private static OperationResult operation(long count, long errors, double median) {
        return new OperationResult(count, errors, count / 30.0, percentiles(median), percentiles(median));
    }

    private static Percentiles percentiles(double median) {
        return new Percentiles(median * 1.2, median, median * 2, median * 2.6, median * 5.1, median * 12, median * 31);
    }
}
