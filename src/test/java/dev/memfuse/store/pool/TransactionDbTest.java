package dev.memfuse.store.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("db")
class TransactionDbTest {
    private static final String INSERT = "INSERT INTO kept VALUES (1)";
    private static final String COUNT = "SELECT count(*)::int FROM kept";
    private static Database database;

    @BeforeAll
    static void open() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        LiveTunables tunables = new LiveTunables(new ConfigLoader()
                .withOverrides(List.of("postgres.pool_size=1", "postgres.max_overflow=0")).load());
        database = new Database(new DatabaseTarget(place.jdbcUrl(), place.user(), place.password()), tunables,
                new MetricsHub(Clock.systemUTC()));
        database.withConnection("create a table",
                connection -> execute(connection, """
                                                  CREATE TABLE kept (number int PRIMARY KEY, deferred int DEFAULT 1
                                                      REFERENCES kept (number) DEFERRABLE INITIALLY DEFERRED)"""));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.withConnection("empty the table", connection -> execute(connection, "TRUNCATE kept"));
    }

    static Stream<Supplier<Throwable>> throwables() {
        return Stream.of(OutOfMemoryError::new, StackOverflowError::new, AssertionError::new, LinkageError::new,
                InternalError::new, IllegalStateException::new, SQLException::new,
                () -> new IOException("not declared"), () -> new Throwable("bare"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void whateverTheWorkThrowsRollsBackWhatItDid(Supplier<Throwable> source) {
        Throwable cause = source.get();

        Throwable seen = assertThrows(Throwable.class,
                () -> database.inTransaction("work", connection -> {
                    execute(connection, INSERT);
                    throw sneaky(cause);
                }));

        assertSame(cause, cause instanceof SQLException ? seen.getCause() : seen);
        assertNothingKept();
    }

    @Test
    void anOverflowOfTheStackRollsBack() {
        assertThrows(StackOverflowError.class, () -> database.inTransaction("work", connection -> {
            execute(connection, INSERT);
            return endless(1);
        }));

        assertNothingKept();
    }

    @Test
    void aRealLackOfMemoryRollsBack() {
        assertThrows(OutOfMemoryError.class, () -> database.inTransaction("work", connection -> {
            execute(connection, INSERT);
            long[][] all = new long[1_000][];
            for (int i = 0; i < all.length; i++) {
                all[i] = new long[Integer.MAX_VALUE - 8];
            }
            return all.length;
        }));

        assertNothingKept();
    }

    static Stream<String> steps() {
        return Stream.of("setAutoCommit", "commit", "rollback", "getAutoCommit");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void anErrorInAStepOfTheTransactionItselfCommitsNothingAndEvictsTheConnection(String step) throws Exception {
        List<Connection> evicted = new ArrayList<>();
        Transaction transaction = new Transaction(evicted::add);
        try (Connection real = database.target().connections("test").getConnection()) {
            Connection failing = failing(real, step);

            assertThrows(OutOfMemoryError.class, () -> transaction.run(failing, connection -> {
                execute(real, INSERT);
                throw new OutOfMemoryError("in the work");
            }));

            assertEquals(List.of(failing), evicted);
        }
        assertNothingKept();
    }

    @Test
    void anErrorInTheCommitEvictsTheConnection() throws Exception {
        List<Connection> evicted = new ArrayList<>();
        Transaction transaction = new Transaction(evicted::add);
        try (Connection real = database.target().connections("test").getConnection()) {
            Connection failing = failing(real, "commit");

            assertThrows(OutOfMemoryError.class,
                    () -> transaction.run(failing, connection -> execute(connection, INSERT)));

            assertEquals(List.of(failing), evicted);
        }
        assertNothingKept();
    }

    @Test
    void aCommitThatTheServerRefusesKeepsNothing() {
        assertThrows(StoreException.class, () -> database.inTransaction("work",
                connection -> execute(connection, "INSERT INTO kept VALUES (1, 2)")));

        assertNothingKept();
    }

    @Test
    void aFailureOfAPlainExceptionKeepsTheConnectionAndAnErrorReplacesIt() {
        int first = backend();
        assertThrows(IllegalStateException.class, () -> database.inTransaction("work", connection -> {
            execute(connection, INSERT);
            throw new IllegalStateException("plain");
        }));
        assertEquals(first, backend());

        assertThrows(AssertionError.class, () -> database.inTransaction("work", connection -> {
            throw new AssertionError("bad");
        }));
        int second = backend();
        assertTrue(first != second, "the connection was used again");

        assertThrows(AssertionError.class, () -> database.withConnection("work", connection -> {
            throw new AssertionError("bad");
        }));
        assertTrue(second != backend(), "the connection was used again");
    }

    @Test
    void errorsLeakNoConnection() {
        for (int i = 0; i < 20; i++) {
            assertThrows(StackOverflowError.class, () -> database.inTransaction("work", connection -> {
                throw new StackOverflowError();
            }));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (database.pool().active() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(0, database.pool().active());
        boolean stored = database.inTransaction("work", connection -> execute(connection, INSERT));
        assertTrue(stored);
    }

    private static int backend() {
        return database.withConnection("read", connection -> number(connection, "SELECT pg_backend_pid()"));
    }

    private static void assertNothingKept() {
        int seenByThePool = database.withConnection("count", connection -> number(connection, COUNT));
        assertEquals(0, seenByThePool);
        try (Connection other = database.target().connections("test").getConnection()) {
            assertEquals(0, number(other, COUNT));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        boolean autoCommit = database.withConnection("read", Connection::getAutoCommit);
        assertTrue(autoCommit);
    }

    private static Connection failing(Connection real, String step) {
        return (Connection) Proxy.newProxyInstance(TransactionDbTest.class.getClassLoader(),
                new Class<?>[]{Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("equals")) {
                        return System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                    }
                    if (method.getName().equals(step) && !(step.equals("setAutoCommit")
                            && Boolean.FALSE.equals(arguments[0]))) {
                        throw new OutOfMemoryError("in " + step);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    @SuppressWarnings("InfiniteRecursion") // it overflows the stack
    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneaky(Throwable cause) throws X {
        throw (X) cause;
    }
}
