package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.postgres.program.ServerPrograms;
import dev.memfuse.postgres.program.ServerStartException;
import dev.memfuse.progress.Progress;
import dev.memfuse.store.pool.DatabaseTarget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The PostgreSQL server that the program includes, starts and stops. It listens on 127.0.0.1 only, with a random
/// password from the first start.
///
/// Thread-safe. When the program is killed, its [ServerGuard] stops the server within seconds. A server that runs
/// nevertheless is stopped by the next start in the same folder.
public final class EmbeddedServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    private final ServerOptions options;
    private final ServerLocation location;
    private final ServerStart.Started started;
    private final ServerGuard guard;
    private Optional<ShutdownHook> shutdownHook = Optional.empty();
    private Map<String, String> chosen;
    /// Whether the chosen settings may not be in force: they could not be written, to a full disk for instance, or the
    /// server did not read them.
    private boolean pending;
    /// The settings with which the server started last.
    private Map<String, String> startedWith;
    private boolean closed;

    private EmbeddedServer(ServerOptions options, ServerLocation location, ServerStart.Started started,
            ServerGuard guard) {
        this.options = options;
        this.chosen = options.chosen();
        this.startedWith = options.chosen();
        this.location = location;
        this.started = started;
        this.guard = guard;
    }

    /// Starts the server and waits until it accepts connections: about a second, a few seconds at the first start,
    /// longer for a recovery after a crash. Blocks; do not call it on the FX thread.
    ///
    /// @param progress receives each step, on the calling thread
    /// @throws ServerStartException when it cannot be started; no server runs then
    public static EmbeddedServer start(ServerOptions options, Consumer<Progress> progress) {
        return start(options, ServerAccount.ofThisProcess(), progress);
    }

    static EmbeddedServer start(ServerOptions options, ServerAccount account, Consumer<Progress> progress) {
        Path folder = options.dataDirectory();
        ServerStart.checkReachable(folder, account);
        try {
            ServerLocation location = ServerLocation.take(options, account);
            ServerStart.Started started = null;
            ServerGuard guard = null;
            try {
                ServerPrograms programs = ServerPrograms.unpackedIn(folder.resolve("programs"), account, progress);
                // Before the server, since the program may be killed while it starts.
                guard = ServerGuard.start(location.folder(), programs, options.ephemeral());
                started = new ServerStart(options, location.folder(), programs, progress).run();
                watch(guard, location);
            } finally {
                if (started == null) {
                    closeAfterFailure(location, guard);
                }
            }
            LOG.info("PostgreSQL: version {} runs on port {}, data in {}", started.version(), started.port(),
                    location.folder().root());
            return withShutdownHook(new EmbeddedServer(options, location, started, guard), options);
        } catch (IOException e) {
            throw new StartFailure(folder).of("start", e);
        }
    }

    private static void watch(ServerGuard guard, ServerLocation location) throws IOException {
        PostmasterPid.read(location.folder().cluster()).ifPresent(guard::watch);
    }

    private static void closeAfterFailure(ServerLocation location, @Nullable ServerGuard guard) throws IOException {
        try (location) {
            if (guard != null) {
                guard.close();
            }
        }
    }

    /// Installs the shutdown hook. When the program is ending already, it accepts no hook, and the server is closed at
    /// once.
    private static EmbeddedServer withShutdownHook(EmbeddedServer server, ServerOptions options) {
        try {
            ShutdownHook hook = ShutdownHook.install(options.exitGrace(), server::close);
            server.shutdownHook = Optional.of(hook);
            return server;
        } catch (IllegalStateException e) {
            server.close();
            throw new ServerStartException("The program ended while PostgreSQL started.", "Start the program again.",
                    "", e);
        }
    }

    /// Returns the JDBC URL of the engine's database, without user and password.
    public String jdbcUrl() {
        return ServerStart.mainUrl(started.port());
    }

    /// Returns the JDBC URL of another database on this server.
    public String jdbcUrl(String database) {
        return started.url(database);
    }

    /// Returns the role that owns the server, a superuser.
    public String user() {
        return Cluster.USER;
    }

    /// Returns the password of [#user], for the driver only; do not print, log or save it.
    public String password() {
        return started.password();
    }

    /// Returns the address of the engine's database.
    public DatabaseTarget target() {
        return new DatabaseTarget(jdbcUrl(), user(), password());
    }

    /// Returns the version of the server, for instance `18.6`.
    public String version() {
        return started.version();
    }

    /// Returns the TCP port on 127.0.0.1.
    public int port() {
        return started.port();
    }

    /// Returns the folder of the server's data.
    public Path dataDirectory() {
        return location.folder().root();
    }

    /// Requires that PostgreSQL accepts each of some settings. Takes a few milliseconds each; blocks.
    ///
    /// @param settings values by name, of [dev.memfuse.config.postgres.ServerSettings]
    /// @throws dev.memfuse.config.ConfigException with the reason of PostgreSQL for each that it does not accept
    /// @throws ServerStartException when its program cannot be run
    public void check(Map<String, String> settings) {
        try {
            new ServerSettingsCheck(location.folder(), started.process().programs()).require(settings);
        } catch (IOException e) {
            throw new StartFailure(location.folder().root()).of("check its settings", e);
        }
    }

    /// Puts settings in force that need no restart, and waits until a session sees them; blocks for some milliseconds.
    /// Settings that are not among them return to the defaults of the program. Those that need a restart take effect at
    /// the next one.
    ///
    /// @param settings values by name, checked
    /// @return whether anything changed
    /// @throws ServerStartException when the server did not reload them; it does at its next start
    public synchronized boolean apply(Map<String, String> settings) {
        if (closed || (!pending && chosen.equals(settings))) {
            return false;
        }
        try {
            write(settings);
            ServerReload.run(started);
            pending = false;
            LOG.info("PostgreSQL: settings reloaded, of which the configuration sets {}", settings);
            return true;
        } catch (IOException e) {
            throw new StartFailure(location.folder().root()).of("take over settings", e);
        }
    }

    /// Tries again to put settings in force for which [#apply] failed.
    ///
    /// @throws ServerStartException like [#apply]
    public synchronized void applyPending() {
        if (pending) {
            boolean _ = apply(chosen);
        }
    }

    private void write(Map<String, String> settings) throws IOException {
        chosen = Map.copyOf(settings);
        pending = true;
        started.cluster().configure(started.port(), options.settings(), settings);
    }

    /// Starts the server with the chosen settings.
    ///
    /// @return output of the failed start; empty when the server runs
    private Optional<String> startProcess() throws IOException {
        if (pending) {
            write(chosen);
        }
        Optional<String> failure = started.process().start();
        if (failure.isEmpty()) {
            startedWith = chosen;
            pending = false;
        }
        return failure;
    }

    /// Stops the server and starts it on the same port with the settings of the last [#apply], those that need a
    /// restart included. All its connections end, and its caches are empty afterwards. Takes about a second; blocks,
    /// also on an interrupted thread.
    ///
    /// @throws ServerStartException when it does not start with them; it runs with those of its last start then, unless
    ///         the message says otherwise
    public synchronized void restart() {
        boolean interrupted = Thread.interrupted();
        try {
            if (closed) {
                throw new ServerStartException("PostgreSQL is stopped, so it cannot be restarted.",
                        "Start the program again.");
            }
            guard.expect();
            if (!started.process().stop()) {
                throw new StartFailure(location.folder().root()).of("restart",
                        "lock file \"postmaster.pid\" already exists");
            }
            Optional<String> failure = startProcess();
            if (failure.isPresent()) {
                startAsBefore(failure.get());
            } else {
                LOG.info("PostgreSQL: the server on port {} was restarted, the configuration sets {}", started.port(),
                        chosen);
            }
        } catch (IOException e) {
            throw new StartFailure(location.folder().root()).of("restart", e);
        } finally {
            watchAgain();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Starts the server with the settings of its last start.
    ///
    /// @param output output of the failed start with the settings that were chosen since
    /// @throws ServerStartException always
    private void startAsBefore(String output) throws IOException {
        Map<String, String> refused = chosen;
        Map<String, String> before = startedWith;
        write(before);
        boolean runs = startProcess().isEmpty();
        throw runs && !refused.equals(before)
                ? ServerSettingsCheck.blame(refused, output)
                : new StartFailure(location.folder().root()).of("restart", output);
    }

    private void watchAgain() {
        try {
            watch(guard, location);
        } catch (IOException e) {
            LOG.warn("PostgreSQL: the guard does not know the server that runs now: {}", e.getMessage());
        }
    }

    /// Restarts the server on the same port when its process has ended. A restart takes about a second; blocks.
    ///
    /// @return whether it was restarted
    /// @throws ServerStartException when it could not be restarted
    public synchronized boolean restartIfDead() {
        try {
            if (closed || started.process().isRunning()) {
                return false;
            }
            LOG.warn("PostgreSQL: the server on port {} ended unexpectedly, restarting it", started.port());
            started.process().invalidatePidFile();
            Optional<String> failure = startProcess();
            if (failure.isPresent()) {
                throw new StartFailure(location.folder().root()).of("restart", failure.get());
            }
            watch(guard, location);
            LOG.info("PostgreSQL: the server on port {} runs again", started.port());
            return true;
        } catch (IOException e) {
            throw new StartFailure(location.folder().root()).of("restart", e);
        }
    }

    /// Ends all sessions, stops the server and waits for it, at most half a minute; deletes temporary data. A second
    /// call has no effect.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        shutdownHook.ifPresent(ShutdownHook::remove);
        boolean stopped = false;
        try (location) {
            stopped = started.process().stop();
            if (stopped) {
                LOG.info("PostgreSQL: the server on port {} stopped", started.port());
            } else {
                LOG.error("PostgreSQL: the server on port {} could not be stopped; the next start stops it",
                        started.port());
            }
        } catch (IOException e) {
            LOG.error("PostgreSQL: the server on port {} was not shut down cleanly", started.port(), e);
        } finally {
            if (stopped) {
                guard.close();
            } else {
                guard.abandon();
            }
        }
    }

    /// Returns the guard, for tests.
    ServerGuard guard() {
        return guard;
    }
}
