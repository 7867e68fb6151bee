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
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalLimits;
import dev.memfuse.engine.journal.JournalSlots;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.service.DefaultMemoryEngine;
import dev.memfuse.engine.service.EngineDependencies;
import dev.memfuse.engine.spi.SearchStore;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.search.PgSearch;
import dev.memfuse.store.search.PgvectorServer;
import dev.memfuse.store.sql.Jdbc;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/// A real engine on a real, empty database, for tests.
public final class EngineFixture implements AutoCloseable {
    private final TestServer.TestDatabase place;
    private final LiveTunables tunables;
    private final MetricsHub metrics = new MetricsHub(Clock.systemUTC());
    private final Database database;
    private final PgStore store;
    private final Path folder;
    private Journal journal;
    private final SearchStore search;
    private IndexRoot indexes;
    private DefaultMemoryEngine engine;
    private volatile boolean databaseLost;

    private EngineFixture(TestServer.TestDatabase place, Path folder, MemFuseConfig config,
            @Nullable SearchStore search) {
        this.place = place;
        this.folder = folder;
        tunables = new LiveTunables(config);
        DatabaseTarget target = new DatabaseTarget(place.jdbcUrl(), place.user(), place.password());
        Migrations.apply(target);
        database = new Database(target, tunables, metrics);
        store = new PgStore(database);
        this.search = search == null ? new PgSearch(database) : search;
        journal = openJournal();
        indexes = IndexRoot.keptIn(indexes());
        engine = newEngine();
    }

    /// A new database and an engine with the defaults and these settings, each `key=value`.
    public static EngineFixture start(String... settings) throws SQLException {
        return on(TestServer.newDatabase(), TestFolders.create(), settings);
    }

    /// The same with ranking in the database by somebody else than the store.
    public static EngineFixture start(SearchStore search, String... settings) throws SQLException {
        return new EngineFixture(TestServer.newDatabase(), TestFolders.create(), config(settings), search);
    }

    /// An engine on this database and this folder of its own files, which are deleted when it is closed.
    public static EngineFixture on(TestServer.TestDatabase place, Path folder, String... settings) {
        return new EngineFixture(place, folder, config(settings), null);
    }

    /// The same on a database with pgvector, which serves one connection well.
    public static EngineFixture on(PgvectorServer server, String... settings) {
        List<String> all = new ArrayList<>(List.of("postgres.pool_size=1", "postgres.max_overflow=0"));
        all.addAll(Arrays.asList(settings));
        return on(server.database(), TestFolders.create(), all.toArray(String[]::new));
    }

    /// The folder of the users' indexes.
    public Path indexes() {
        return folder.resolve("index");
    }

    private static MemFuseConfig config(String... settings) {
        return new ConfigLoader().withOverrides(Arrays.asList(settings)).load();
    }

    private Journal openJournal() {
        return JournalSlots.open(folder.resolve("journal"), () -> {
            BufferConfig.JournalConfig limits = tunables.get().buffer().journal();
            return new JournalLimits(limits.maxBytes(), limits.maxAge(), limits.segmentBytes(), limits.patience());
        });
    }

    private DefaultMemoryEngine newEngine() {
        return new DefaultMemoryEngine(dependencies(config -> config), tunables, metrics);
    }

    /// Returns the dependencies of another engine on the same database and journal, with its own configuration parser.
    public EngineDependencies dependencies(UnaryOperator<MemFuseConfig> reparse) {
        return new EngineDependencies(store, search, journal, indexes, reparse, lost -> databaseLost = lost);
    }

    /// Ends the engine as a normal exit does and starts another one on the same database and journal.
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

    /// Whether the engine says that its database cannot be reached.
    public boolean databaseLost() {
        return databaseLost;
    }

    public Journal journal() {
        return journal;
    }

    /// The folder of the engine's own files.
    public Path folder() {
        return folder;
    }

    public DefaultMemoryEngine engine() {
        return engine;
    }

    public PgStore store() {
        return store;
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

    /// Changes settings while running, each `key=value`.
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

    /// A connection beside the engine's pool.
    public Connection connect() throws SQLException {
        return place.connect();
    }

    /// The first column of the first row, as a number.
    public long count(String sql, Object... values) throws SQLException {
        try (Connection connection = connect()) {
            return Jdbc.list(connection, row -> row.getLong(1), sql, values).getFirst();
        }
    }

    /// A new user with an agent and a session.
    public SessionKey newSession(String user) {
        User owner = engine.createUser(user);
        Agent agent = engine.createAgent(owner.id(), "agent");
        Session session = engine.createSession(owner.id(), agent.id(), null);
        return session.key();
    }

    /// One more session of the same user.
    public SessionKey anotherSession(SessionKey of) {
        return engine.createSession(of.userId(), engine.agent(of.userId(), "agent").orElseThrow().id(), null).key();
    }

    public static List<NewMessage> messages(String... contents) {
        return Arrays.stream(contents).map(content -> NewMessage.of(Role.USER, content)).toList();
    }

    /// Waits for a condition that another thread brings about.
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            Assertions.assertTrue(System.nanoTime() < deadline, "not within 20 s: " + what);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    @Override
    public void close() {
        stopEngine();
        database.close();
        TestFolders.remove(folder);
    }
}
