package dev.memfuse.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.journal.DeadLetterFolder;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalLimits;
import dev.memfuse.engine.journal.JournalSlots;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.service.DefaultMemoryEngine;
import dev.memfuse.engine.service.DiskIntervals;
import dev.memfuse.engine.service.EngineDependencies;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.SearchStore;
import dev.memfuse.fault.NetworkService;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.search.PgSearch;
import dev.memfuse.store.search.PgvectorServer;
import dev.memfuse.store.sql.Statements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/// An engine on a real, empty database, for tests.
public final class EngineFixture implements AutoCloseable {
    private final TestServer.TestDatabase address;
    private final boolean ownsDatabase;
    private final LiveTunables tunables;
    private final MetricsHub metrics = new MetricsHub(Clock.systemUTC());
    private final NetworkService network;
    private final Database database;
    private final PgStore store;
    private final Path folder;
    private Journal journal;
    private final SearchStore search;
    private final UnaryOperator<MemoryStore> engineStore;
    private IndexRoot indexes;
    private DefaultMemoryEngine engine;
    private DiskIntervals intervals = DiskIntervals.DEFAULT;
    private volatile boolean databaseLost;

    private EngineFixture(TestServer.TestDatabase address, boolean ownsDatabase, Path folder, MemFuseConfig config,
            @Nullable SearchStore search, UnaryOperator<MemoryStore> engineStore) {
        this.engineStore = engineStore;
        this.address = address;
        this.ownsDatabase = ownsDatabase;
        this.folder = folder;
        tunables = new LiveTunables(config);
        network = new NetworkService(tunables, metrics);
        database = new Database(target(address).through(network::route, metrics.work()), tunables, metrics);
        network.onReroute(database::replaceConnections);
        store = new PgStore(database);
        this.search = search == null ? new PgSearch(database) : search;
        journal = openJournal();
        indexes = IndexRoot.keptIn(indexes());
        engine = newEngine();
    }

    private static DatabaseTarget target(TestServer.TestDatabase address) {
        return new DatabaseTarget(address.jdbcUrl(), address.user(), address.password());
    }

    /// Starts an engine on a new database with the defaults and these settings, each `key=value`. Closing the fixture
    /// drops the database.
    public static EngineFixture start(String... settings) throws SQLException {
        return startOnNewDatabase(null, settings);
    }

    /// Starts an engine on a new database with a given search store.
    public static EngineFixture start(SearchStore search, String... settings) throws SQLException {
        return startOnNewDatabase(search, settings);
    }

    private static EngineFixture startOnNewDatabase(@Nullable SearchStore search, String... settings)
            throws SQLException {
        return new EngineFixture(TestServer.newDatabaseWithSchema(), true, TestFolders.create(), config(settings),
                search, UnaryOperator.identity());
    }

    /// Starts an engine on a database.
    ///
    /// @param folder folder of the engine's files, deleted on close
    public static EngineFixture on(TestServer.TestDatabase address, Path folder, String... settings) {
        return on(address, folder, UnaryOperator.identity(), settings);
    }

    /// Starts an engine on a database.
    ///
    /// @param engineStore returns the store that the engine uses, given the real one
    public static EngineFixture on(TestServer.TestDatabase address, Path folder,
            UnaryOperator<MemoryStore> engineStore, String... settings) {
        Migrations.apply(target(address));
        return new EngineFixture(address, false, folder, config(settings), null, engineStore);
    }

    /// Starts an engine on a database with pgvector, with a pool of one connection.
    public static EngineFixture on(PgvectorServer server, String... settings) {
        List<String> all = new ArrayList<>(List.of("postgres.pool_size=1", "postgres.max_overflow=0"));
        all.addAll(Arrays.asList(settings));
        return on(server.database(), TestFolders.create(), all.toArray(String[]::new));
    }

    /// Returns the folder of the users' indexes.
    public Path indexes() {
        return folder.resolve("index");
    }

    private static MemFuseConfig config(String... settings) {
        // Vectors in the background would load the model in every test; tests of them switch them on.
        List<String> all = new ArrayList<>(Arrays.asList(settings));
        if (all.stream().noneMatch(setting -> setting.startsWith("embedding.background_share="))) {
            all.add("embedding.background_share=0");
        }
        return new ConfigLoader().withOverrides(all).load();
    }

    private Journal openJournal() {
        return JournalSlots.open(folder.resolve("journal"), () -> JournalLimits.of(tunables.get().buffer().journal()));
    }

    private DefaultMemoryEngine newEngine() {
        return new DefaultMemoryEngine(dependencies(config -> config), tunables, metrics);
    }

    /// Returns the dependencies of another engine on the same database and journal.
    ///
    /// @param reparse parses the configuration again
    public EngineDependencies dependencies(UnaryOperator<MemFuseConfig> reparse) {
        return new EngineDependencies(engineStore.apply(store), search, journal,
                new DeadLetterFolder(folder.resolve("journal").resolve("dead-letters")), indexes, intervals,
                reparse,
                lost -> databaseLost = lost, false);
    }

    /// Restarts the engine with indexes that are saved, and deletions that are applied on disk, within a second.
    public EngineFixture withShortDiskIntervals() {
        return restartWith(new DiskIntervals(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMillis(300)));
    }

    /// Restarts the engine with the intervals of the program, in which a test ends before any of this happens.
    public EngineFixture withUsualDiskIntervals() {
        return restartWith(DiskIntervals.DEFAULT);
    }

    private EngineFixture restartWith(DiskIntervals next) {
        intervals = next;
        restart();
        return this;
    }

    /// Closes the engine as a normal exit does and starts another one on the same database and journal.
    public void restart() {
        stopEngine();
        journal = openJournal();
        indexes = IndexRoot.keptIn(indexes());
        engine = newEngine();
    }

    private void stopEngine() {
        engine.close();
        journal.close();
        indexes.close();
    }

    /// Returns whether the engine reported that its database cannot be reached.
    public boolean databaseLost() {
        return databaseLost;
    }

    public Journal journal() {
        return journal;
    }

    /// Returns the folder of the engine's files.
    public Path folder() {
        return folder;
    }

    public DefaultMemoryEngine engine() {
        return engine;
    }

    public PgStore store() {
        return store;
    }

    public NetworkService network() {
        return network;
    }

    public Database database() {
        return database;
    }

    public LiveTunables tunables() {
        return tunables;
    }

    public MetricsHub metrics() {
        return metrics;
    }

    /// Changes settings of the running engine, each `key=value`.
    public void set(String... settings) {
        tunables.apply("test", config -> {
            MemFuseConfig changed = config;
            for (String setting : settings) {
                String[] parts = setting.split("=", 2);
                changed = ConfigValues.with(changed, parts[0], ConfigValues.parse(parts[0], parts[1]));
            }
            return changed;
        });
    }

    /// Opens a connection outside the engine's pool.
    public Connection connect() throws SQLException {
        return address.connect();
    }

    /// Returns the first column of the first row of a query.
    public long count(String sql, Object... values) throws SQLException {
        try (Connection connection = connect()) {
            return Statements.query(connection, row -> row.getLong(1), sql, values).getFirst();
        }
    }

    /// Creates a user with an agent and a session.
    public SessionKey newSession(String user) {
        User owner = engine.createUser(user);
        Agent agent = engine.createAgent(owner.id(), "agent");
        Session session = engine.createSession(owner.id(), agent.id(), null);
        return session.key();
    }

    /// Creates another session of the same user.
    public SessionKey anotherSession(SessionKey session) {
        Agent agent = engine.agent(session.userId(), "agent").orElseThrow();
        return engine.createSession(session.userId(), agent.id(), null).key();
    }

    public static List<NewMessage> messages(String... contents) {
        return Arrays.stream(contents).map(content -> NewMessage.of(Role.USER, content)).toList();
    }

    /// Waits at most 20 s for a condition that another thread meets.
    public static void await(String description, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            Assertions.assertTrue(System.nanoTime() < deadline, "not within 20 s: " + description);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /// Closes the engine and keeps its files, for another one; the fixture must not be used again.
    public Path stopAndKeepFiles() {
        stopEngine();
        database.close();
        network.close();
        return folder;
    }

    @Override
    public void close() {
        stopEngine();
        database.close();
        network.close();
        TestFolders.remove(folder);
        if (ownsDatabase) {
            dropDatabase();
        }
    }

    private void dropDatabase() {
        try {
            TestServer.drop(address);
        } catch (SQLException e) {
            throw new IllegalStateException("The database of a test could not be dropped.", e);
        }
    }
}
