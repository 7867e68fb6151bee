package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StatementFailedException;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One round that the database refuses for its content stops neither the other rounds of its user nor other users, and
/// is not lost.
@Tag("db")
class DeadLetterDbTest {
    private static final String BAD = "the database refuses this text";

    private EngineFixture fixture;
    private SessionKey alice;
    private SessionKey bob;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("buffer.bypass_mode=false", "buffer.performance.enable_auto_flush=false");
        alice = fixture.newSession("alice");
        bob = fixture.newSession("bob");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void refuseBadTexts() throws SQLException {
        execute("ALTER TABLE messages ADD CONSTRAINT good CHECK (content <> '" + BAD + "') NOT VALID");
    }

    private void acceptAll() throws SQLException {
        execute("ALTER TABLE messages DROP CONSTRAINT good");
    }

    private List<String> stored(SessionKey session) {
        return fixture.store().messages().ofSession(session, 10_000, Order.OLDEST_FIRST).stream().map(Message::content)
                .toList();
    }

    private List<DeadLetter> letters() {
        List<DeadLetter> letters = new ArrayList<>();
        fixture.engine().deadLetters().forEach(letters::add);
        return letters;
    }

    private void addAround(SessionKey session) {
        IntStream.range(0, 7).forEach(i -> fixture.engine().addBatch(session, messages("before " + i)));
        fixture.engine().addBatch(session, messages(BAD));
        IntStream.range(0, 5).forEach(i -> fixture.engine().addBatch(session, messages("after " + i)));
    }

    private static List<String> around() {
        return Stream.concat(IntStream.range(0, 7).mapToObj(i -> "before " + i),
                IntStream.range(0, 5).mapToObj(i -> "after " + i)).toList();
    }

    @ParameterizedTest
    @CsvSource({"journal, true", "memory, true", "journal, false", "memory, false"})
    void aRefusedRoundStopsNoOther(String durability, boolean consolidated) throws SQLException {
        fixture.set("buffer.durability=" + durability, "queries.consolidated=" + consolidated);
        refuseBadTexts();
        addAround(alice);
        fixture.engine().addBatch(bob, messages("of bob"));

        fixture.engine().flush();

        assertEquals(around(), stored(alice));
        assertEquals(List.of("of bob"), stored(bob));
        assertEquals(1, fixture.engine().deadLetters().count());
        DeadLetter letter = letters().getFirst();
        assertEquals(alice, letter.session());
        assertEquals(List.of(BAD), letter.messages().stream().map(NewMessage::content).toList());
        assertTrue(letter.reason().contains("good"), letter.reason());
        assertEquals(0, fixture.journal().status().backlogEntries());
        assertEquals(12, fixture.engine().messages(alice, 100, Order.OLDEST_FIRST).size());
    }

    /// Each kind of refusal, as a trigger raises it or as a type or an index does.
    @ParameterizedTest
    @ValueSource(strings = {"22001", "22P05", "23505", "23514", "23503", "54000", "P0001", "44000", "MF042"})
    void eachRefusalOfContentMakesADeadLetter(String state) throws SQLException {
        raise(state);
        addAround(alice);

        fixture.engine().flush();

        assertEquals(around(), stored(alice));
        assertEquals(1, letters().size());
    }

    private void raise(String state) throws SQLException {
        execute("CREATE SEQUENCE IF NOT EXISTS attempts");
        execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.content = '" + BAD
                + "' THEN PERFORM nextval('attempts'); RAISE EXCEPTION 'refused' USING ERRCODE = '" + state
                + "'; END IF; RETURN NEW; END $$");
        execute("CREATE TRIGGER refuse BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION refuse()");
    }

    /// A time that no validation refuses here, and the database cannot hold.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aValueThatCannotBeConvertedIsARefusalOfContent(boolean consolidated) {
        fixture.set("queries.consolidated=" + consolidated);
        StoredRound round = new StoredRound(UUID.randomUUID(), alice, Instant.now(),
                List.of(new NewMessage(UUID.randomUUID(), Role.USER, "text", Instant.MAX)), List.of(), List.of(),
                Set.of());

        StatementFailedException refusal = assertThrows(StatementFailedException.class,
                () -> fixture.store().rounds().store(alice.userId(), List.of(round), Duration.ZERO));

        assertTrue(refusal.isOfContent(), refusal.toString());
    }

    /// A text that is too large for an index: no rule names it.
    @Test
    void aRowThatIsTooLargeForAnIndexMakesADeadLetter() throws SQLException {
        execute("CREATE INDEX ON messages (content)");
        String random = new Random(7).ints(20_000, 'a', 'z').collect(StringBuilder::new,
                StringBuilder::appendCodePoint, StringBuilder::append).toString();
        fixture.engine().addBatch(alice, messages("small"));
        fixture.engine().addBatch(alice, messages(random));

        fixture.engine().flush();

        assertEquals(List.of("small"), stored(alice));
        assertEquals(random, letters().getFirst().messages().getFirst().content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "42501"})
    void aFailureOfTheServerMakesNoDeadLetter(String state) throws SQLException {
        raise(state);
        fixture.engine().addBatch(alice, messages(BAD));
        Thread flush = Thread.ofVirtual().start(() -> fixture.engine().flush());
        await("an attempt failed", () -> count("SELECT last_value FROM attempts WHERE is_called") > 0);

        assertEquals(0, letters().size());
        execute("DROP TRIGGER refuse ON messages");
        await("the retry succeeds", () -> !flush.isAlive());
        assertEquals(List.of(BAD), stored(alice));
    }

    private long count(String sql) {
        try {
            return fixture.count(sql);
        } catch (SQLException | NoSuchElementException e) {
            return 0;
        }
    }

    @Test
    void aRoundIsRefusedAtTheNextStartAndAtShutdown() throws SQLException {
        fixture.set("buffer.performance.shutdown_timeout=0");
        refuseBadTexts();
        try (Connection blocker = fixture.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("LOCK TABLE messages IN EXCLUSIVE MODE");
            addAround(alice);
            fixture.restart();
            assertEquals(0, letters().size());
        }
        fixture.engine().flush();
        assertEquals(1, letters().size());
        assertEquals(around(), stored(alice));

        fixture.set("buffer.performance.shutdown_timeout=30");
        addAround(bob);
        fixture.restart();

        assertEquals(2, letters().size());
        assertEquals(around(), stored(bob));
        assertEquals(0, fixture.journal().status().backlogEntries());
    }

    /// Its writer waits for the database, so the refusal is its answer.
    @Test
    void aRoundThatIsNotAcknowledgedMakesNoDeadLetter() throws SQLException {
        refuseBadTexts();
        fixture.engine().addBatch(alice, messages("acknowledged"));
        fixture.set("buffer.durability=database");

        assertThrows(EngineException.class, () -> fixture.engine().addBatch(alice, messages(BAD)));

        assertEquals(0, letters().size());
        fixture.engine().addBatch(alice, messages("next"));
        assertEquals(List.of("acknowledged", "next"), stored(alice));
    }

    @Test
    void aFullJournalAcceptsMessagesAgainAfterARefusal() throws SQLException {
        fixture.set("buffer.journal.max_age=1", "buffer.journal.patience=0");
        refuseBadTexts();
        fixture.engine().addBatch(alice, messages(BAD));
        fixture.engine().flush();
        await("the letter is older than max_age", () -> letters().getFirst().refusedAt()
                .isBefore(Instant.now().minusMillis(1_100)));

        fixture.engine().addBatch(bob, messages("of bob"));

        assertEquals(1, fixture.journal().status().backlogEntries());
    }

    @Test
    void retryingStoresARoundOnceTheCauseIsGone() throws SQLException {
        refuseBadTexts();
        addAround(alice);
        fixture.engine().flush();
        List<UUID> ids = letters().stream().map(DeadLetter::roundId).toList();
        assertEquals(new DeadLetters.Retry(0, 1), fixture.engine().deadLetters().retry(ids));
        acceptAll();

        assertEquals(new DeadLetters.Retry(1, 0), fixture.engine().deadLetters().retry(ids));

        assertEquals(0, fixture.engine().deadLetters().count());
        assertTrue(stored(alice).contains(BAD));
        assertEquals(new DeadLetters.Retry(0, 0), fixture.engine().deadLetters().retry(ids));
        assertEquals(13, stored(alice).size());
    }

    @Test
    void discardingDeletesALetter() throws Exception {
        refuseBadTexts();
        addAround(alice);
        addAround(bob);
        fixture.engine().flush();
        UUID ofAlice = letters().stream().filter(letter -> letter.session().equals(alice)).findFirst().orElseThrow()
                .roundId();

        assertEquals(1, fixture.engine().deadLetters().discard(List.of(ofAlice, UUID.randomUUID())));

        assertEquals(List.of(bob), letters().stream().map(DeadLetter::session).toList());
    }

    @Test
    void dataThatIsDeletedIsDeletedFromDeadLettersToo() throws Exception {
        refuseBadTexts();
        SessionKey other = fixture.anotherSession(alice);
        AddResult pair = fixture.engine().addBatch(alice, messages(BAD, "secret one", "secret two"));
        fixture.engine().addBatch(other, messages(BAD, "secret three"));
        fixture.engine().addBatch(bob, messages(BAD, "secret four"));
        fixture.engine().flush();
        assertEquals(3, letters().size());

        fixture.engine().deleteMessages(alice, List.of(pair.messageIds().get(1)));
        assertFalse(onDisk("secret one"));
        assertTrue(onDisk("secret two"));

        fixture.engine().deleteSession(alice);
        assertFalse(onDisk("secret two"));
        assertTrue(onDisk("secret three"));

        fixture.engine().deleteUser(alice.userId());
        assertFalse(onDisk("secret three"));
        assertEquals(List.of(bob), letters().stream().map(DeadLetter::session).toList());
    }

    private boolean onDisk(String text) throws IOException {
        try (Stream<Path> files = Files.walk(fixture.folder().resolve("journal").resolve("dead-letters"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        }
    }
}
