package dev.memfuse.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import dev.memfuse.config.ConfigLoader;
import dev.memfuse.config.ConfigValues;
import dev.memfuse.config.LiveTunables;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SearchStore;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.service.DefaultMemoryEngine;
import dev.memfuse.engine.service.Foundation;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.store.server.TestServer;
import org.junit.jupiter.api.Assertions;

/// A real engine on a real, empty database, for tests.
public final class EngineFixture implements AutoCloseable {
    private final TestServer.TestDatabase place;
    private final LiveTunables tunables;
    private final MetricsHub metrics = new MetricsHub(Clock.systemUTC());
    private final Database database;
    private final PgStore store;
    private final Path indexes;
    private final SearchStore search;
    private DefaultMemoryEngine engine;

    private EngineFixture(TestServer.TestDatabase place, MemFuseConfig config, SearchStore search) {
        this.place = place;
        this.search = search;
        indexes = newFolder();
        tunables = new LiveTunables(config);
        DatabaseTarget target = new DatabaseTarget(place.jdbcUrl(), place.user(), place.password());
        Migrations.apply(target);
        database = new Database(target, tunables, metrics);
        store = new PgStore(database);
        engine = newEngine();
    }

    /// A new database and an engine with the defaults and these settings, each `key=value`.
    public static EngineFixture start(String... settings) throws SQLException {
        return start(SearchStore.unavailable("This database cannot rank."), settings);
    }

    /// The same with ranking in the database.
    public static EngineFixture start(SearchStore search, String... settings) throws SQLException {
        return new EngineFixture(TestServer.newDatabase(), config(settings), search);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("memfuse-test-index-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder of the users' indexes.
    public Path indexes() {
        return indexes;
    }

    private static MemFuseConfig config(String... settings) {
        return new ConfigLoader().withOverrides(Arrays.asList(settings)).load();
    }

    private DefaultMemoryEngine newEngine() {
        return new DefaultMemoryEngine(new Foundation(store, search, IndexRoot.keptIn(indexes)), tunables, metrics,
                config -> config);
    }

    /// Ends the engine as a normal exit does and starts another one on the same database.
    public void restart() {
        engine.close();
        engine = newEngine();
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
            return Rows.list(connection, row -> row.getLong(1), sql, values).getFirst();
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
        engine.close();
        database.close();
        try (Stream<Path> files = Files.walk(indexes)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
