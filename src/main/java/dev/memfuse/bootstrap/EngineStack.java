package dev.memfuse.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.RetrievalBackend;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.config.yaml.ConfigYaml;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.engine.journal.DeadLetterFolder;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalLimits;
import dev.memfuse.engine.readonly.ReadOnlyEngine;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.service.DefaultMemoryEngine;
import dev.memfuse.engine.service.DiskIntervals;
import dev.memfuse.engine.service.EngineDependencies;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.fault.NetworkService;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.FilePermissions;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.embedded.EmbeddedServer;
import dev.memfuse.postgres.program.ServerStartException;
import dev.memfuse.store.DatabaseId;
import dev.memfuse.store.DatabaseSize;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.PgStore;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.search.PgSearch;
import dev.memfuse.store.sql.LoadRunSql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running engine and the resources that it uses, which the stack opens and owns: embedded server, connection pool,
/// journal, indexes and the supervisor of the server. Held by the [LocalEngineHost], one at a time; closed in the order
/// settings of the server, supervisor, engine, indexes, journal, pool, network, server.
final class EngineStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineStack.class);

    private final EngineLocation location;
    private final NetworkService network;
    private final Database database;
    private final EngineJournal journal;
    private final IndexRoot indexes;
    private final ServerSupervisor supervisor;
    private final Tunables.Subscription serverSettings;
    private final DefaultMemoryEngine engine;
    /// The engine as the program uses it.
    private final MemoryEngine api;

    private EngineStack(EngineLocation location, NetworkService network, Database database, EngineJournal journal,
            IndexRoot indexes, ServerSupervisor supervisor, Tunables.Subscription serverSettings,
            DefaultMemoryEngine engine) {
        this.location = location;
        this.network = network;
        this.database = database;
        this.journal = journal;
        this.indexes = indexes;
        this.supervisor = supervisor;
        this.serverSettings = serverSettings;
        this.engine = engine;
        api = database.target().readOnly() ? new ReadOnlyEngine(engine) : engine;
    }

    /// Starts an engine on a running server; blocks until the engine accepts calls. Closes the server when the start
    /// fails.
    ///
    /// @param progress receives each step, on the calling thread
    static EngineStack start(EngineLocation location, Tunables tunables, MetricsHub metrics,
            Consumer<EngineState.Starting> progress) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        location.server().ifPresent(opened::push);
        NetworkService network = new NetworkService(tunables, metrics);
        opened.push(network);
        try {
            boolean readOnly = tunables.get().postgres().readOnly();
            prepareSchema(location.target(), readOnly, progress);
            progress.accept(new EngineState.Starting("Starting the engine", -1));
            Database database = new Database(
                    location.target().readOnly(readOnly).through(network::route, metrics.work()), tunables, metrics);
            opened.push(database);
            if (location.server().isPresent() && !readOnly) {
                // No other program has this server, so no load runs on it.
                new LoadRunSql(database).endAll();
            }
            network.onReroute(database::replaceConnections);
            PgSearch search = new PgSearch(database);
            if (tunables.get().retrieval().backend() == RetrievalBackend.POSTGRES) {
                // Before any background work uses the tables. Queries report the problem, if there is one.
                Optional<String> _ = search.problem();
            }
            String identity = DatabaseId.of(database).toString();
            Path journals = privateFolder(location, "journal").resolve(identity);
            Supplier<JournalLimits> limits = () -> JournalLimits.of(tunables.get().buffer().journal());
            EngineJournal journal = readOnly
                    ? EngineJournal.empty(journals, limits)
                    : EngineJournal.open(journals, limits);
            opened.push(journal);
            IndexRoot indexes = IndexRoot
                    .keptIn(privateFolder(location, "index").resolve(identity));
            opened.push(indexes);
            journal.journal().corruptRegions()
                    .forEach(region -> metrics.mark(EventMark.Kind.ENGINE, region.toString()));
            ServerSupervisor supervisor = new ServerSupervisor(location.server(), metrics);
            opened.push(supervisor);
            Tunables.Subscription serverSettings = location
                    .server().<Tunables.Subscription>map(
                            server -> new ServerSettingsLink(server, tunables, metrics)::close)
                    .orElseGet(() -> tunables.beforeChange(ServerSettingsLink.refusal()));
            opened.push(serverSettings);
            DefaultMemoryEngine engine = new DefaultMemoryEngine(
                    new EngineDependencies(new PgStore(database), search, journal.journal(),
                            new DeadLetterFolder(location.folder().resolve("journal").resolve(identity)
                                    .resolve("dead-letters")),
                            indexes, DiskIntervals.DEFAULT, EngineStack::reparse, supervisor::storage, readOnly),
                    tunables, metrics);
            return new EngineStack(location, network, database, journal, indexes, supervisor, serverSettings, engine);
        } catch (Throwable e) {
            opened.forEach(resource -> closeAfter(resource, e));
            throw e;
        }
    }

    private static void prepareSchema(DatabaseTarget target, boolean readOnly,
            Consumer<EngineState.Starting> progress) {
        if (readOnly) {
            progress.accept(new EngineState.Starting("Checking the schema", -1));
            Migrations.pending(target).ifPresent(problem -> {
                throw new EngineException(problem);
            });
        } else {
            progress.accept(new EngineState.Starting("Bringing the schema up to date", -1));
            Migrations.apply(target);
        }
    }

    private static void closeAfter(AutoCloseable resource, Throwable cause) {
        try {
            resource.close();
        } catch (Throwable e) {
            cause.addSuppressed(e);
        }
    }

    /// Creates a folder that no other account may enter: journals and indexes hold the users' texts.
    private static Path privateFolder(EngineLocation location, String name) {
        Path folder = location.folder().resolve(name);
        try {
            return FilePermissions.createPrivateFolder(folder);
        } catch (IOException e) {
            throw new EngineException("The folder " + folder + " cannot be made: " + FileFailures.reason(e)
                    + ". Give this account the right to write there, or choose another folder with --data-dir.", "", e);
        }
    }

    /// Prints a configuration and parses it again: the cost of a service that is built for each call.
    private static MemFuseConfig reparse(MemFuseConfig config) {
        return new ConfigLoader().load("service", ConfigYaml.write(config, List.of()));
    }

    MemoryEngine engine() {
        return api;
    }

    /// Returns a store on the connection pool of the engine.
    MemoryStore store() {
        return new PgStore(database);
    }

    /// Returns the database with the connection pool of the engine.
    Database database() {
        return database;
    }

    /// Returns the network between the pool and the servers.
    NetworkService network() {
        return network;
    }

    Journal journal() {
        return journal.journal();
    }

    /// Returns whether the database is the embedded server.
    boolean embedded() {
        return location.server().isPresent();
    }

    /// Restarts the embedded server with the settings in force, while the engine runs and waits: stores what is
    /// buffered, takes all connections back, restarts the server. Blocks for about a second.
    ///
    /// @throws ServerStartException when the server does not start with them; it runs with those before then
    void restartServer() {
        EmbeddedServer server = location.server().orElseThrow();
        try {
            engine.flush();
        } catch (EngineException e) {
            LOG.info("Engine: not everything was stored before the restart of the server; it stays buffered: {}",
                    e.getMessage());
        }
        database.whileAway(server::restart);
        supervisor.awaitBack();
    }

    /// Returns the parent folder of journals and indexes.
    Path folder() {
        return location.folder();
    }

    long databaseBytes() {
        return new DatabaseSize(database).bytes();
    }

    DatabaseTarget target() {
        return location.target().readOnly(database.target().readOnly());
    }

    String description() {
        if (!database.target().readOnly()) {
            return location.description();
        }
        return location.description() + ", read-only" + (journal.waiting() == 0
                ? ""
                : "; " + journal.waiting() + " acknowledged entries wait in the journal until it is opened for "
                        + "writing");
    }

    @Override
    public void close() {
        OrderedClose.all(serverSettings::close, supervisor::close, engine::close, indexes::close, journal::close,
                database::close, network::close, () -> location.server().ifPresent(EmbeddedServer::close));
    }
}
