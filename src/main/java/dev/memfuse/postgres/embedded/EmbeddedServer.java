package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.postgres.program.ServerPrograms;
import dev.memfuse.postgres.program.ServerStartException;
import dev.memfuse.postgres.program.StartProgress;
import dev.memfuse.store.pool.DatabaseTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server of our own: shipped with the program, reachable on this machine only, started and stopped with
/// it. It listens on 127.0.0.1 with a password made up at the first start.
///
/// Thread-safe. Should the program be killed, the server lives on; the next start in the same folder finds and stops
/// it first.
public final class EmbeddedServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    private final ServerLocation place;
    private final ServerStart.Started started;
    private Optional<ShutdownHook> exitGuard = Optional.empty();
    private boolean closed;

    private EmbeddedServer(ServerLocation place, ServerStart.Started started) {
        this.place = place;
        this.started = started;
    }

    /// Starts the server and waits until it accepts connections: about a second, a few at the first start, longer
    /// after a crash with much to recover. Blocks; call it away from the FX thread.
    ///
    /// @param progress is told each step, on the calling thread
    /// @throws ServerStartException when it cannot be started; nothing is left running then
    public static EmbeddedServer start(ServerOptions options, Consumer<StartProgress> progress) {
        return start(options, ServerAccount.ofThisProcess(), progress);
    }

    static EmbeddedServer start(ServerOptions options, ServerAccount account, Consumer<StartProgress> progress) {
        Path folder = options.dataDirectory();
        ServerStart.checkReachable(folder, account);
        try {
            ServerLocation place = ServerLocation.take(options, account);
            ServerStart.Started started = null;
            try {
                ServerPrograms programs = ServerPrograms.unpackedIn(folder.resolve("programs"), account, progress);
                started = new ServerStart(options, place.folder(), programs, progress).run();
            } finally {
                if (started == null) {
                    place.close();
                }
            }
            LOG.info("PostgreSQL: version {} runs on port {}, data in {}", started.version(), started.port(),
                    place.folder().root());
            return guarded(new EmbeddedServer(place, started), options);
        } catch (IOException e) {
            throw new StartFailure(folder).of("start", e);
        }
    }

    /// A program that began to end while its server started takes no more hooks: the server goes at once.
    private static EmbeddedServer guarded(EmbeddedServer server, ServerOptions options) {
        try {
            ShutdownHook guard = ShutdownHook.install(options.exitGrace(), server::close);
            server.exitGuard = Optional.of(guard);
            return server;
        } catch (IllegalStateException e) {
            server.close();
            throw new ServerStartException("The program ended while PostgreSQL started.", "Start it again.", "", e);
        }
    }

    /// JDBC URL of the engine's database, without user and password.
    public String jdbcUrl() {
        return ServerStart.mainUrl(started.port());
    }

    /// JDBC URL of another database on this server.
    public String jdbcUrl(String database) {
        return started.url(database);
    }

    /// The server's owner, who may do everything.
    public String user() {
        return Cluster.USER;
    }

    /// The password of [#user]. Hand it to the driver; do not print, log or save it.
    public String password() {
        return started.password();
    }

    /// The engine's database, for whoever opens connections.
    public DatabaseTarget target() {
        return new DatabaseTarget(jdbcUrl(), user(), password());
    }

    /// Version of the server, for instance `18.6`.
    public String version() {
        return started.version();
    }

    /// The TCP port on 127.0.0.1.
    public int port() {
        return started.port();
    }

    /// The folder of this server's data.
    public Path dataDirectory() {
        return place.folder().root();
    }

    /// Starts the server again, at its old place, if it died. Blocks for about a second then.
    ///
    /// @return whether it had died and runs again
    /// @throws ServerStartException when it could not be started
    public synchronized boolean revive() {
        try {
            if (closed || started.process().isRunning()) {
                return false;
            }
            LOG.warn("PostgreSQL: the server on port {} died, starting it again", started.port());
            started.process().forgetDeadServer();
            Optional<String> failure = started.process().start();
            if (failure.isPresent()) {
                throw new StartFailure(place.folder().root()).of("start again", failure.get());
            }
            LOG.info("PostgreSQL: the server on port {} runs again", started.port());
            return true;
        } catch (IOException e) {
            throw new StartFailure(place.folder().root()).of("start again", e);
        }
    }

    /// Ends all sessions, stops the server and waits for it, at most half a minute; deletes throw-away data. Closing
    /// twice is harmless.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        exitGuard.ifPresent(ShutdownHook::remove);
        try (place) {
            if (started.process().stop()) {
                LOG.info("PostgreSQL: the server on port {} stopped", started.port());
            } else {
                LOG.error("PostgreSQL: the server on port {} could not be stopped; the next start tries again",
                        started.port());
            }
        } catch (IOException e) {
            LOG.error("PostgreSQL: the server on port {} was not shut down properly", started.port(), e);
        }
    }
}
