package dev.memfuse.bootstrap;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.DatabaseUrl;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.DatabaseChoice;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.fault.NetworkService;
import dev.memfuse.log.LogLocation;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.embedded.EmbeddedServer;
import dev.memfuse.postgres.embedded.ServerOptions;
import dev.memfuse.postgres.probe.Credentials;
import dev.memfuse.postgres.probe.PostgresProbe;
import dev.memfuse.postgres.program.ServerStartException;
import dev.memfuse.store.plan.PgStatementPlans;
import dev.memfuse.store.pool.DatabaseTarget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hosts the engine in this process: holds the [EngineStack] while the engine runs, and restarts it on another
/// database. Starts and stops run one at a time on background threads. Thread-safe.
final class LocalEngineHost implements EngineHost, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEngineHost.class);

    private static final String READ_ONLY = "postgres.read_only";

    private final ServerOptions serverOptions;
    private final Tunables tunables;
    private final MetricsHub metrics;
    private final Supplier<Credentials> credentials;
    private final Supplier<LogLocation> log;
    private final PostgresProbe probe;
    private final StatementPlans plans = new PgStatementPlans(() -> stack().map(EngineStack::database));
    private final EngineStates states = new EngineStates(new EngineState.Starting("Starting", -1));
    private final ReentrantLock transition = new ReentrantLock();
    private volatile @Nullable EngineStack stack;
    private volatile String url;
    private volatile boolean closing;
    private boolean closed;

    /// @param url JDBC URL of an external server; blank starts the embedded server
    /// @param credentials returns the login for an external server, called at each start
    /// @param log path of the log, for the sentence about a failed start
    LocalEngineHost(ServerOptions serverOptions, String url, Tunables tunables, MetricsHub metrics,
            Supplier<Credentials> credentials, Supplier<LogLocation> log) {
        this.serverOptions = serverOptions;
        this.url = url;
        this.tunables = tunables;
        this.metrics = metrics;
        this.credentials = credentials;
        this.log = log;
        this.probe = new PostgresProbe(this::target, credentials);
    }

    /// Starts the engine in the background.
    void start() {
        runInBackground(this::startStack);
    }

    private void runInBackground(Runnable work) {
        runInBackground(work, () -> {});
    }

    /// @param tooLate called instead when the host is closed
    private void runInBackground(Runnable work, Runnable tooLate) {
        BackgroundThreads.platform("engine-start").start(() -> {
            transition.lock();
            try {
                (closed ? tooLate : work).run();
            } finally {
                transition.unlock();
            }
        });
    }

    private void startStack() {
        tryStart().ifPresent(this::fail);
    }

    private Optional<StartFailure> tryStart() {
        long begin = System.nanoTime();
        LOG.info("Engine: starting");
        try {
            EngineStack started = url.isBlank() ? startEmbedded() : startExternal(url);
            stack = started;
            metrics.mark(EventMark.Kind.ENGINE, "Engine ready on " + started.description());
            LOG.info("Engine: ready after {} ms on {}", Duration.ofNanos(System.nanoTime() - begin).toMillis(),
                    started.description());
            publish(new EngineState.Ready(started.description()));
            return Optional.empty();
        } catch (Throwable e) {
            // An Error too: otherwise the window would show "Starting" forever.
            return Optional.of(StartFailure.of(e, log.get().hint()));
        }
    }

    private void fail(StartFailure failure) {
        if (closing) {
            LOG.info("Engine: the start ended, because the program closes", failure.cause());
            return;
        }
        failure.log();
        metrics.mark(EventMark.Kind.ENGINE, failure.problem());
        publish(failure.state());
    }

    private EngineStack startEmbedded() {
        if (serverOptions.ephemeral() && readOnly()) {
            throw new ServerStartException("A temporary database is empty, and read-only adds nothing to it.",
                    "Start without --ephemeral, or without postgres.read_only.");
        }
        EmbeddedServer server = EmbeddedServer.start(
                serverOptions.withChosen(tunables.get().postgres().server()),
                progress -> publish(new EngineState.Starting(progress.phase(), progress.share())));
        String data = serverOptions.ephemeral() ? "temporary data" : "data in " + server.dataDirectory();
        return EngineStack.start(
                new EngineLocation(Optional.of(server), server.target(),
                        "PostgreSQL " + server.version() + ", embedded, port " + server.port() + ", " + data,
                        server.dataDirectory()),
                tunables, metrics, this::publish);
    }

    private EngineStack startExternal(String address) {
        publish(new EngineState.Starting("Connecting to " + DatabaseUrl.display(address), -1));
        DatabaseReport report = requireUsable(new DatabaseChoice(address, readOnly()));
        DatabaseTarget target = credentials.get().at(address);
        return EngineStack.start(new EngineLocation(Optional.empty(), target,
                version(report) + " at " + DatabaseUrl.display(address), serverOptions.dataDirectory()), tunables,
                metrics, this::publish);
    }

    private DatabaseReport requireUsable(DatabaseChoice choice) {
        DatabaseReport report = probe.test(choice);
        if (!report.usable()) {
            throw new ServerStartException(report.summary(),
                    "Then retry, or choose another address (--db, postgres.url or the Database page).");
        }
        return report;
    }

    private static String version(DatabaseReport report) {
        return report.properties().stream()
                .filter(property -> property.name().toLowerCase(Locale.ROOT).contains("version"))
                .map(DatabaseReport.Property::value).findFirst().orElse("PostgreSQL");
    }

    private void publish(EngineState next) {
        if (closing && !(next instanceof EngineState.Stopping) && !(next instanceof EngineState.Stopped)) {
            // The states of a start that is still running are obsolete.
            return;
        }
        states.publish(next);
    }

    @Override
    public EngineState state() {
        return states.current();
    }

    @Override
    public void onState(Consumer<EngineState> listener) {
        states.follow(listener);
    }

    @Override
    public Optional<MemoryEngine> engine() {
        return Optional.ofNullable(stack).map(EngineStack::engine);
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public boolean readOnly() {
        return tunables.get().postgres().readOnly();
    }

    /// Returns the address of the database in use, or empty while no engine runs.
    Optional<DatabaseTarget> target() {
        return Optional.ofNullable(stack).map(EngineStack::target);
    }

    /// Returns the running engine with its resources, or empty while no engine runs.
    Optional<EngineStack> stack() {
        return Optional.ofNullable(stack);
    }

    /// Works on the running engine while no start and no stop changes it. Blocks until a running one has ended.
    ///
    /// @throws IllegalStateException when no engine runs
    void whileRunning(Consumer<EngineStack> work) {
        transition.lock();
        try {
            work.accept(stack().orElseThrow(() -> new IllegalStateException("The engine is not ready.")));
        } finally {
            transition.unlock();
        }
    }

    /// Returns the network between the pool and the database, or empty while no engine runs.
    Optional<NetworkService> network() {
        return Optional.ofNullable(stack).map(EngineStack::network);
    }

    /// Returns the plans of the statements of the store on the database in use.
    StatementPlans plans() {
        return plans;
    }

    /// Returns the size of the database in use, in bytes.
    long databaseBytes() {
        return Optional.ofNullable(stack).orElseThrow().databaseBytes();
    }

    /// Returns one line about the database in use, or an empty text while no engine runs.
    String database() {
        EngineStack now = stack;
        return now == null ? "" : now.description();
    }

    PostgresProbe probe() {
        return probe;
    }

    @Override
    public void retry() {
        runInBackground(() -> {
            if (state() instanceof EngineState.Failed) {
                publish(new EngineState.Starting("Restarting", -1));
                startStack();
            }
        });
    }

    @Override
    public CompletableFuture<Void> check(DatabaseChoice choice) {
        return inBackground(() -> requireAnswer(stripped(choice)));
    }

    private static DatabaseChoice stripped(DatabaseChoice choice) {
        return new DatabaseChoice(choice.url().strip(), choice.readOnly());
    }

    private void requireAnswer(DatabaseChoice choice) {
        if (!choice.url().isEmpty()) {
            requireUsable(choice);
        }
    }

    @Override
    public CompletableFuture<Void> connect(DatabaseChoice choice, Runnable change, Runnable takeBack) {
        return inBackground(() -> move(stripped(choice), change, takeBack));
    }

    private CompletableFuture<Void> inBackground(Runnable work) {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        runInBackground(() -> {
            try {
                work.run();
                outcome.complete(null);
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        }, () -> outcome.completeExceptionally(new EngineException("The program is ending.")));
        return outcome;
    }

    private void move(DatabaseChoice choice, Runnable change, Runnable takeBack) {
        requireAnswer(choice);
        DatabaseChoice before = new DatabaseChoice(url, readOnly());
        startAfter(() -> {
            choose(choice);
            change.run();
        }, () -> {
            choose(before);
            takeBack.run();
        }, " The database before is in use again.");
    }

    private void choose(DatabaseChoice choice) {
        url = choice.url();
        Optional<Tunables.Change> _ = tunables.applyWhileStopped("connection",
                now -> ConfigValues.with(now, READ_ONLY, choice.readOnly()));
    }

    @Override
    public CompletableFuture<Void> restart(Runnable change, Runnable takeBack) {
        return inBackground(() -> startAfter(change, takeBack, " The settings before are in force again."));
    }

    /// Stops the engine, makes a change, and starts it; takes the change back when the engine does not start with it.
    ///
    /// @param restored sentence for an engine that runs as before
    private void startAfter(Runnable change, Runnable takeBack, String restored) {
        boolean wasRunning = stack != null;
        publish(new EngineState.Starting(storing().description(), -1));
        Optional<StartFailure> failure = attempt(this::stopStack).or(() -> attempt(change)).or(this::tryStart);
        if (failure.isEmpty()) {
            return;
        }
        StartFailure found = failure.get();
        LOG.warn("Engine: no change. {}", found.problem(), found.cause());
        Optional<StartFailure> kept = attempt(takeBack);
        if (wasRunning && kept.isEmpty()) {
            startStack();
        } else {
            fail(kept.orElse(found));
        }
        throw new EngineException(found.problem() + (stack == null ? "" : restored), found.detail(), found.cause());
    }

    /// Takes a step of a change; after an Error too the engine must not seem to start forever.
    private Optional<StartFailure> attempt(Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(StartFailure.ofChange(e, log.get().hint()));
        }
    }

    private EngineState.Stopping storing() {
        return new EngineState.Stopping("Storing what is buffered",
                tunables.get().buffer().performance().shutdownTimeout());
    }

    /// Publishes a step of the shutdown that precedes the end of the engine.
    ///
    /// @param step one line for the user
    /// @param limit maximum duration of the step
    void beginShutdown(String step, Duration limit) {
        closing = true;
        publish(new EngineState.Stopping(step, limit, Optional.of(storing())));
    }

    private void stopStack() {
        EngineStack running = stack;
        stack = null;
        if (running != null) {
            LOG.info("Engine: stopping");
            running.close();
            LOG.info("Engine: stopped");
        }
    }

    /// Stops the engine: drains its buffers, then closes pool and server. Blocks; a second call has no effect.
    @Override
    public void close() {
        closing = true;
        EngineState now = state();
        if (!(now instanceof EngineState.Stopped) && !(now instanceof EngineState.Failed)) {
            publish(storing());
        }
        transition.lock();
        try {
            if (!closed) {
                closed = true;
                try {
                    stopStack();
                } finally {
                    publish(new EngineState.Stopped());
                }
            }
        } finally {
            transition.unlock();
        }
    }
}
