package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.memfuse.file.ByteSearch;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Among thousands of messages, a deleted text is soon in no byte of any file: journal, index, temporary files, and,
/// after `VACUUM FULL`, the files of the database. Its words are random letters, which no compression hides.
@Tag("db")
class ErasureOnDiskDbTest {
    private static final int MESSAGES = 2_000;
    /// Number of messages with chunks and facts, whose making takes most of the time.
    private static final int WITH_LAYERS = 300;
    private static final int BATCH = 100;
    /// Without vowels, so that the stemmer leaves a word as it is.
    private static final String LETTERS = "bcdfghjkmnpqrtvwxz";
    private static final String[] SETTINGS = {"buffer.bypass_mode=false", "buffer.durability=journal",
            "buffer.journal.retire_after=0.1", "layers.m1.enabled=false", "layers.m2.enabled=false"};

    private static final SplittableRandom RANDOM = new SplittableRandom();

    /// The messages with their layers, of which each case has a copy.
    private static TestServer.TestDatabase filled;
    private static SessionKey session;
    private static SessionKey marked;

    private final List<String> words = new ArrayList<>();
    private TestServer.TestDatabase database;
    private EngineFixture fixture;

    enum What {
        MESSAGES,
        SESSION,
        USER
    }

    @BeforeAll
    static void fill() throws SQLException {
        filled = TestServer.newDatabaseWithSchema();
        try (EngineFixture filling = EngineFixture.on(filled, TestFolders.create(), SETTINGS)) {
            session = filling.newSession("alice");
            marked = filling.anotherSession(session);
            for (int i = 0; i < MESSAGES; i += BATCH) {
                if (i == MESSAGES - WITH_LAYERS) {
                    filling.engine().flush();
                    filling.set("layers.m1.enabled=true", "layers.m2.enabled=true");
                }
                filling.engine().addBatch(session,
                        EngineFixture.messages(IntStream.range(0, BATCH).mapToObj(_ -> "We met " + word() + " at home")
                                .toArray(String[]::new)));
            }
            filling.engine().flush();
            assertTrue(filling.engine().awaitExtraction(Duration.ofMinutes(2)));
        }
    }

    @AfterAll
    static void drop() throws SQLException {
        TestServer.drop(filled);
    }

    @BeforeEach
    void start() throws SQLException {
        database = TestServer.copyOf(filled);
        fixture = EngineFixture.on(database, TestFolders.create(), SETTINGS).withShortDiskIntervals();
    }

    @AfterEach
    void stop() throws SQLException {
        fixture.close();
        TestServer.drop(database);
    }

    private static String word() {
        return IntStream.range(0, 24)
                .mapToObj(_ -> String.valueOf(LETTERS.charAt(RANDOM.nextInt(LETTERS.length()))))
                .collect(Collectors.joining());
    }

    private List<UUID> addMarked() {
        IntStream.range(0, 3).forEach(_ -> words.add(word()));
        return fixture.engine().addBatch(marked, EngineFixture.messages(
                words.stream().map(word -> "My friend Zed lives in " + word + ".").toArray(String[]::new)))
                .messageIds();
    }

    private void delete(What what, List<UUID> ids) {
        switch (what) {
            case MESSAGES -> fixture.engine().deleteMessages(marked, ids);
            case SESSION -> fixture.engine().deleteSession(marked);
            case USER -> fixture.engine().deleteUser(marked.userId());
        }
    }

    /// A dictionary shares the beginnings of its words, so a file holds at least the end of a word.
    private static String end(String word) {
        return word.substring(word.length() / 2);
    }

    private List<Path> found(Path folder) {
        return ByteSearch.find(folder, words.stream().map(ErasureOnDiskDbTest::end).toList());
    }

    private void openIndex() {
        fixture.engine().query(session.userId(), words.getFirst(), 5);
    }

    private void assertGone() {
        // Later messages let the journal retire the segments before them.
        SessionKey other = fixture.newSession("other-" + UUID.randomUUID());
        fixture.engine().addBatch(other, EngineFixture.messages("something else"));
        fixture.engine().flush();
        await("no file of the engine holds the text", () -> found(fixture.folder()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(What.class)
    void aDeletedTextIsSoonInNoFile(What what) throws SQLException {
        fixture.set("layers.m1.enabled=true", "layers.m2.enabled=true");
        List<UUID> ids = addMarked();
        fixture.engine().flush();
        assertTrue(fixture.engine().awaitExtraction(Duration.ofMinutes(2)));
        openIndex();
        await("the index is on the disk", () -> !found(fixture.indexes()).isEmpty());
        checkpoint();
        assertFalse(found(databaseFiles()).isEmpty(), "the search must find a text that is there");

        delete(what, ids);

        assertGone();
        fixture.restart();
        assertGone();
        vacuum();
        assertEquals(List.of(), found(databaseFiles()));
        assertTrue(
                what == What.USER || fixture.engine().query(session.userId(), "met home", 10).searched() >= MESSAGES);
    }

    /// The build reads the texts before the deletion and saves them after it.
    @ParameterizedTest
    @EnumSource(What.class)
    void aTextDeletedDuringTheFirstBuildIsSoonInNoFile(What what) {
        List<UUID> ids = addMarked();
        fixture.engine().flush();
        CompletableFuture<Void> build = CompletableFuture.runAsync(this::openIndex);

        delete(what, ids);
        build.join();

        assertGone();
    }

    /// Another process opens the index, deletes the messages and is killed before it erases anything on the disk.
    @ParameterizedTest
    @EnumSource(What.class)
    void aTextDeletedJustBeforeAKillIsGoneAfterTheNextStart(What what) throws Exception {
        List<UUID> ids = addMarked();
        fixture.engine().flush();
        openIndex();
        await("the index is on the disk", () -> !found(fixture.indexes()).isEmpty());
        Path folder = fixture.stopAndKeepFiles();

        killAfterDeletion(folder, what, ids);
        assertFalse(found(folder).isEmpty(), "the killed process must have left the text");
        fixture = EngineFixture.on(database, folder, SETTINGS).withShortDiskIntervals();

        assertGone();
    }

    private void killAfterDeletion(Path folder, What what, List<UUID> ids) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), ErasureOnDiskDbTest.class.getName(), database.jdbcUrl(),
                database.user(), folder.toString(),
                what.name(), marked.userId().toString(), marked.sessionId().toString(),
                ids.stream().map(UUID::toString).collect(Collectors.joining(",")));
        builder.environment().put("MEMFUSE_TEST_PASSWORD", database.password());
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("deleted", output.readLine());
        } finally {
            process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
    }

    /// The process that is killed.
    public static void main(String[] arguments) {
        TestServer.TestDatabase database = new TestServer.TestDatabase(arguments[0], arguments[1],
                System.getenv("MEMFUSE_TEST_PASSWORD"));
        EngineFixture fixture = EngineFixture.on(database, Path.of(arguments[2]), SETTINGS);
        SessionKey marked = new SessionKey(UUID.fromString(arguments[4]), UUID.fromString(arguments[5]));
        fixture.engine().query(marked.userId(), "friend", 5);
        // In storage only, as if the process had been killed right after the commit.
        switch (What.valueOf(arguments[3])) {
            case MESSAGES -> fixture.store().deletions().deleteMessages(marked,
                    List.of(arguments[6].split(",")).stream().map(UUID::fromString).toList());
            case SESSION -> fixture.store().deletions().deleteSession(marked);
            case USER -> fixture.store().deletions().deleteUser(marked.userId());
        }
        System.out.println("deleted");
        LockSupport.park();
    }

    private Path databaseFiles() throws SQLException {
        return Path.of(value("SHOW data_directory"),
                value("SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()"));
    }

    private String value(String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            return Statements.query(connection, row -> row.getString(1), sql).getFirst();
        }
    }

    private void checkpoint() throws SQLException {
        execute("CHECKPOINT");
    }

    /// A plain `VACUUM` frees the space of a deleted row, and its bytes stay until another row takes the space.
    private void vacuum() throws SQLException {
        execute("VACUUM FULL");
        checkpoint();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Deleting one of many messages does not read all chunks of the user. `memfuse.chunks` sets their number; 100,000
    /// for a measurement.
    @Test
    void aDeletionFindsWhatWasDerivedByAnIndex() throws SQLException {
        fixture.engine().flush();
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO m1_episodic SELECT user_id, gen_random_uuid(), session_id, round_id, "
                    + "ARRAY[message_id], content, 'message', 1, '{1}', 'm' FROM messages, generate_series(1, "
                    + Integer.getInteger("memfuse.chunks", MESSAGES) / MESSAGES + ")");
            statement.execute("ANALYZE");
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE deletion(uuid, uuid[]) AS DELETE FROM m1_episodic WHERE user_id = $1 "
                    + "AND message_ids && $2 RETURNING round_id");
            connection.setAutoCommit(false);
            String execute = "EXPLAIN (ANALYZE) EXECUTE deletion('" + session.userId() + "', ARRAY['"
                    + value("SELECT message_id FROM messages LIMIT 1") + "'::uuid])";
            List<String> byIndex = explain(connection, execute);
            connection.rollback();
            statement.execute("DROP INDEX m1_episodic_by_message");
            List<String> byUser = explain(connection, execute);
            connection.rollback();

            assertTrue(byIndex.toString().contains("m1_episodic_by_message"), byIndex::toString);
            assertFalse(byUser.toString().contains("m1_episodic_by_message"), byUser::toString);
            System.out.println("with the index: " + byIndex.getLast() + "; without: " + byUser.getLast());
        }
    }

    private static List<String> explain(Connection connection, String sql) throws SQLException {
        return Statements.query(connection, row -> row.getString(1), sql);
    }
}
