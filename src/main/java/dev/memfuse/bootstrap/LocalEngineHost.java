package dev.memfuse.bootstrap;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.log.LogLocation;
import dev.memfuse.log.LogMarkers;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.embedded.EmbeddedServer;
import dev.memfuse.postgres.embedded.ServerOptions;
import dev.memfuse.postgres.probe.Credentials;
import dev.memfuse.postgres.probe.DatabaseUrl;
import dev.memfuse.postgres.probe.PostgresProbe;
import dev.memfuse.postgres.program.ServerStartException;
import dev.memfuse.store.pool.DatabaseTarget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hosts the engine in this process. Starts and stops happen one after the other on a thread of their own.
final class LocalEngineHost implements EngineHost, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEngineHost.class);

    private final ServerOptions serverOptions;
    private final Tunables tunables;
    private final MetricsHub metrics;
    private final Supplier<Credentials> credentials;
    private final Supplier<LogLocation> log;
    private final PostgresProbe probe;
    private final List<Consumer<EngineState>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock changing = new ReentrantLock();
    private volatile EngineState state = new EngineState.Starting("Starting", -1);
    private volatile @Nullable EngineStack stack;
    private volatile String url;
    private volatile boolean closing;
    private boolean closed;

    /// @param credentials who logs in on an external server, asked at each start
    /// @param log where the log is, for the sentence about a failed start
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
        run(this::startStack);
    }

    private void run(Runnable work) {
        Thread.ofPlatform().daemon().name("engine-start").start(() -> {
            changing.lock();
            try {
                if (!closed) {
                    work.run();
                }
            } finally {
                changing.unlock();
            }
        });
    }

    private void startStack() {
        Instant begin = Instant.now();
        LOG.info("Engine: starting");
        try {
            EngineStack started = url.isBlank() ? startEmbedded() : startExternal(url);
            stack = started;
            metrics.mark(EventMark.Kind.ENGINE, "Engine ready on " + started.description());
            LOG.info("Engine: ready after {} ms on {}", Duration.between(begin, Instant.now()).toMillis(),
                    started.description());
            become(new EngineState.Ready(started.description()));
        } catch (ServerStartException e) {
            fail(e.problem(), e.advice(), e);
        } catch (EngineException e) {
            fail(String.valueOf(e.getMessage()), "Check the database, then retry.", e);
        } catch (RuntimeException e) {
            fail("The engine did not start: " + e, log.get().hint(), e);
        }
    }

    private void fail(String problem, String advice, Exception cause) {
        if (closing) {
            LOG.info("Engine: the start ended, because the program closes", cause);
            return;
        }
        LOG.error(cause instanceof EngineException ? LogMarkers.REPORTED : LogMarkers.UNEXPECTED,
                "Engine: the start failed. {} {} {}", problem, advice,
                cause instanceof EngineException known ? known.detail() : "", cause);
        metrics.mark(EventMark.Kind.ENGINE, problem);
        become(new EngineState.Failed(problem, advice, detail(cause)));
    }

    private static String detail(Exception cause) {
        if (cause instanceof EngineException known) {
            return known.detail();
        }
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    private EngineStack startEmbedded() {
        EmbeddedServer server = EmbeddedServer.start(serverOptions,
                progress -> become(new EngineState.Starting(progress.step(), progress.fraction())));
        String place = serverOptions.ephemeral() ? "temporary data" : "data in " + server.dataDirectory();
        return EngineStack.start(
                new EngineLocation(Optional.of(server), server.target(),
                        "PostgreSQL " + server.version() + ", embedded, port " + server.port() + ", " + place,
                        server.dataDirectory()),
                tunables, metrics, this::become);
    }

    private EngineStack startExternal(String address) {
        become(new EngineState.Starting("Connecting to " + DatabaseUrl.display(address), -1));
        DatabaseReport report = probe.test(address);
        if (!report.usable()) {
            throw new ServerStartException(report.summary(),
                    "Then retry, or choose another address (--db, postgres.url or the Database page).");
        }
        DatabaseTarget target = credentials.get().at(address);
        return EngineStack.start(new EngineLocation(Optional.empty(), target,
                version(report) + " at " + address, serverOptions.dataDirectory()), tunables, metrics, this::become);
    }

    private static String version(DatabaseReport report) {
        return report.properties().stream()
                .filter(fact -> fact.name().toLowerCase(java.util.Locale.ROOT).contains("version"))
                .map(DatabaseReport.Property::value).findFirst().orElse("PostgreSQL");
    }

    private void become(EngineState next) {
        if (closing && !(next instanceof EngineState.Stopping) && !(next instanceof EngineState.Stopped)) {
            // A start that is still under way does not matter any more.
            return;
        }
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
        return Optional.ofNullable(stack).map(EngineStack::engine);
    }

    Optional<DatabaseTarget> target() {
        return Optional.ofNullable(stack).map(EngineStack::target);
    }

    /// The running engine with what it stands on, if there is one.
    Optional<EngineStack> stack() {
        return Optional.ofNullable(stack);
    }

    /// Bytes of the database in use.
    long databaseBytes() {
        return Optional.ofNullable(stack).orElseThrow().databaseBytes();
    }

    /// One line about the database in use, or empty.
    String database() {
        EngineStack now = stack;
        return now == null ? "" : now.description();
    }

    PostgresProbe probe() {
        return probe;
    }

    @Override
    public void retry() {
        run(() -> {
            if (state instanceof EngineState.Failed) {
                become(new EngineState.Starting("Starting again", -1));
                startStack();
            }
        });
    }

    @Override
    public void connect(String address) {
        run(() -> {
            become(new EngineState.Starting(storing().description(), -1));
            stopStack();
            url = address.strip();
            startStack();
        });
    }

    private EngineState.Stopping storing() {
        return new EngineState.Stopping("Storing what is buffered",
                tunables.get().buffer().performance().shutdownTimeout());
    }

    /// Tells that the program ends and what it does before it closes the engine.
    void ending(String step, Duration limit) {
        closing = true;
        become(new EngineState.Stopping(step, limit));
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

    /// Stops the engine: drains its buffers, closes pool and server. Blocks; closing twice is harmless.
    @Override
    public void close() {
        closing = true;
        if (!(state instanceof EngineState.Stopped) && !(state instanceof EngineState.Failed)) {
            become(storing());
        }
        changing.lock();
        try {
            if (!closed) {
                closed = true;
                stopStack();
                become(new EngineState.Stopped());
            }
        } finally {
            changing.unlock();
        }
    }
}
