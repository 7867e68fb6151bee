package dev.memfuse.transfer;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.store.EngineFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Exports users to files and imports them.
@Tag("db")
class TransferDbTest {
    @TempDir
    private Path folder;
    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true");
        session = fixture.newSession("alice");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Path export(UUID userId, String name) {
        Path file = folder.resolve(name);
        new UserExport(fixture.engine()).write(userId, file, _ -> {});
        return file;
    }

    private User importAs(Path file, @Nullable String name) {
        return new UserImport(fixture.engine()).read(file, name, _ -> {}).user();
    }

    /// Stores two sessions, a long message of many chunks, facts, characters of every width, and knowledge.
    private void fill() throws SQLException {
        SessionKey other = fixture.anotherSession(session);
        fixture.engine().addBatch(session, messages("I moved to Lisbon last year and I love the light there.",
                "The history of the lighthouse goes on and on. ".repeat(60)));
        fixture.engine().addBatch(other, messages("Grüße, 你好, 👋 — \"quoted\" \\ and\nlines\ttoo"));
        AddResult last = fixture.engine().addBatch(session, messages("to be deleted", "kept after a gap"));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(60)));
        fixture.engine().deleteMessages(session, last.messageIds().subList(0, 1));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(60)));
        execute("INSERT INTO knowledge (user_id, knowledge_id, content) VALUES ('" + session.userId() + "', '"
                + UUID.randomUUID() + "', 'the sky is blue')");
        execute("UPDATE m1_episodic SET embedding_model = 'another-model@2', embedding = '{0.1,0.2,0.3}' "
                + "WHERE content LIKE 'kept%'");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    /// Returns all lines except the one with the id and name of the user, and without the checksum of all.
    private static List<String> withoutUser(Path file) throws IOException {
        List<String> lines = lines(file);
        assertTrue(lines.get(1).startsWith("{\"type\":\"user\""), lines.get(1));
        List<String> rest = new ArrayList<>(lines);
        rest.remove(1);
        return withoutChecksum(rest);
    }

    /// Returns the lines in the form of an earlier version, which may be changed.
    private static List<String> withoutChecksum(List<String> lines) {
        return lines.stream().map(line -> line.replaceFirst(",\"sha256\":\"[0-9a-f]{64}\"}$", "}")).toList();
    }

    @Test
    void anImportUnderAnotherNameExportsTheSameLines() throws Exception {
        fill();
        Path first = export(session.userId(), "alice.jsonl");

        User copy = importAs(first, "alice again");
        Path second = export(copy.id(), "again.jsonl");

        assertNotEquals(session.userId(), copy.id());
        assertEquals(withoutUser(first), withoutUser(second));
        for (RecordKind kind : RecordKind.values()) {
            assertTrue(lines(first).stream().anyMatch(line -> line.startsWith("{\"type\":\"" + kind.label() + '"')),
                    "the test must cover " + kind);
        }
    }

    /// The client sets the times of messages, in any order.
    @Test
    void anImportAcceptsTheEpisodeOfMessagesWhoseTimesGoBack() throws Exception {
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");
        fixture.engine().addBatch(session, List.of(
                new NewMessage(UUID.randomUUID(), Role.USER, "We met at noon in Lisbon.", noon),
                new NewMessage(UUID.randomUUID(), Role.USER, "Before that I was in Porto.", noon.minusSeconds(60))));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(60)));
        assertEquals(List.of(noon.minusSeconds(60), noon), fixture.engine()
                .episodes(session.userId(), EpisodeQuery.newest(1)).stream()
                .flatMap(episode -> Stream.of(episode.startedAt(), episode.endedAt())).toList());

        assertEquals("copy", importAs(export(session.userId(), "alice.jsonl"), "copy").name());
    }

    @Test
    void anImportRestoresAnErasedUser() throws Exception {
        fill();
        Path before = export(session.userId(), "before.jsonl");
        List<Message> said = fixture.engine().messages(session, 100, Order.NEWEST_FIRST);
        fixture.engine().query(session.userId(), "light in Lisbon", 5);
        fixture.engine().deleteUser(session.userId());
        assertEquals(0, fixture.engine().query(session.userId(), "light in Lisbon", 5).hits().size());

        User back = importAs(before, null);

        assertEquals(session.userId(), back.id());
        assertEquals(-1, Files.mismatch(before, export(back.id(), "after.jsonl")));
        assertEquals(said, fixture.engine().messages(session, 100, Order.NEWEST_FIRST));
        assertTrue(fixture.engine().query(session.userId(), "light in Lisbon", 5).hits().getFirst().message().content()
                .contains("Lisbon"));
        fixture.engine().addBatch(session, messages("and on it goes"));
        assertEquals("and on it goes",
                fixture.engine().messages(session, 1, Order.NEWEST_FIRST).getFirst().content());
    }

    @Test
    void twoExportsOfOneUserAreEqualAlsoInGzip() throws Exception {
        fill();
        Path plain = export(session.userId(), "a.jsonl");
        Path packed = export(session.userId(), "b.JSONL.GZ");

        assertEquals(-1, Files.mismatch(plain, export(session.userId(), "c.jsonl")));
        try (GZIPInputStream unpacked = new GZIPInputStream(Files.newInputStream(packed))) {
            assertEquals(Files.readString(plain), new String(unpacked.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertEquals("copy", importAs(packed, "copy").name());
    }

    @Test
    void exportsBufferedMessages() throws Exception {
        fixture.set("buffer.bypass_mode=false");
        fixture.engine().addBatch(session, messages("only in the buffer so far"));

        Path file = export(session.userId(), "alice.jsonl");

        assertTrue(Files.readString(file).contains("only in the buffer so far"));
    }

    @Test
    void anImportContinuesPendingExtraction() throws Exception {
        fixture.set("layers.m2.enabled=false");
        fixture.engine().addBatch(session, messages("Something that waits for its chunk."));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
        Path file = export(session.userId(), "alice.jsonl");
        String waiting = Files.readString(file).replace("\"m1_state\":\"done\"", "\"m1_state\":\"pending\"")
                .lines()
                .filter(line -> !line.contains("\"type\":\"chunk\"") && !line.contains("\"type\":\"episode\""))
                .map(line -> line + "\n").reduce("", String::concat)
                .replaceAll(",?\"(chunk|episode)\":1(?=[,}])", "").replace("{,", "{");
        Files.write(file, withoutChecksum(waiting.lines().toList()));

        User copy = importAs(file, "copy");

        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
        assertEquals(1, fixture.count("SELECT count(*) FROM m1_episodic WHERE user_id = ?", copy.id()));
    }

    /// Reads and writes more than one batch.
    @Test
    void countsTheRecordsWrittenAndRead() {
        for (int i = 0; i < 12; i++) {
            fixture.engine().addBatch(session,
                    messages(IntStream.range(0, 100).mapToObj(n -> "ok " + n).toArray(String[]::new)));
        }
        assertTrue(fixture.engine().awaitExtraction(Duration.ofMinutes(2)));
        Path file = folder.resolve("many.jsonl.gz");
        List<Double> shares = new ArrayList<>();

        Map<String, Long> written = new UserExport(fixture.engine()).write(session.userId(), file, _ -> {});
        UserImport.Result read = new UserImport(fixture.engine()).read(file, "copy",
                progress -> shares.add(progress.share()));

        assertTrue(read.verified());
        assertEquals(1200, written.get("message"));
        assertEquals(written, read.records());
        assertEquals(1, shares.getLast(), 1e-9);
        assertTrue(shares.getFirst() < 0.9, shares.getFirst()::toString);
    }

    @Test
    void refusesToExportAnUnknownUser() {
        assertThrows(NotFoundException.class, () -> export(UUID.randomUUID(), "nobody.jsonl"));
        assertEmptyFolder();
    }

    private void assertEmptyFolder() {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void leavesNoFileWhenTheExportIsStopped() throws Exception {
        fill();

        EngineException stopped = assertThrows(EngineException.class,
                () -> new UserExport(fixture.engine()).write(session.userId(), folder.resolve("alice.jsonl"),
                        progress -> {
                            if (progress.done() == 5) {
                                throw new EngineException("Stopped.");
                            }
                        }));

        assertEquals("Stopped.", stopped.getMessage());
        assertEmptyFolder();
    }

    @Test
    void leavesNothingWhenTheImportIsStopped() throws Exception {
        fill();
        Path file = export(session.userId(), "alice.jsonl");
        long last = lines(file).size() - 2L;
        AtomicLong records = new AtomicLong();

        assertThrows(EngineException.class,
                () -> new UserImport(fixture.engine()).read(file, "copy", _ -> {
                    if (records.incrementAndGet() == last) {
                        throw new EngineException("Stopped.");
                    }
                }));

        assertOnlyAlice();
        assertEquals("copy", importAs(file, "copy").name());
    }

    private String refusal(Path file) {
        return String.valueOf(assertThrows(EngineException.class, () -> importAs(file, "copy")).getMessage());
    }

    private void assertOnlyAlice() throws SQLException {
        assertEquals(1, fixture.count("SELECT count(*) FROM users"));
        for (String table : List.of("agents", "sessions", "rounds", "messages", "m1_episodic", "m2_semantic")) {
            assertEquals(0, fixture.count("SELECT count(*) FROM " + table + " WHERE user_id <> ?", session.userId()),
                    table);
        }
    }

    @Test
    void refusesANameThatIsInUse() throws Exception {
        fill();
        Path file = export(session.userId(), "alice.jsonl");

        EngineException taken = assertThrows(EngineException.class, () -> importAs(file, null));

        assertEquals("There is already a user named alice. Import it under another name.", taken.getMessage());
        assertOnlyAlice();
    }

    /// One change to a good file each: a line is named by its first field after the type, or by its number.
    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        header    | version":1        | version":2           | line 1: This is version 2 of the format
                        header    | memfuse-user      | something-else       | line 1: This is not an exported user
                        user      | "name"            | "title"              | line 2: The field 'name' is missing.
                        agent     | "type":"agent"    | "type":"robot"       | line 3: There is no type 'robot'.
                        agent     | "name":"agent"    | "name":"agent","x":1 | line 3: There is no field 'x' in a line of type agent.
                        agent     | "agent_id":"      | "agent_id":"x        | line 3: The field 'agent_id' must be an id
                        session   | "agent_id":"0     | "agent_id":"f        | line 4: The session belongs to something that no line
                        session   | "last_sequence":4 | "last_sequence":1    | The message is behind the end of its session
                        session   | "last_sequence":4 | "last_sequence":"4"  | The field 'last_sequence' must be a whole number.
                        message   | "role":"user"     | "role":"king"        | message.role must be one of assistant, developer, system, tool, user.
                        message   | "sequence":2,     | "sequence":1,        | an id, a name or a place that one before it has
                        message   | "content":"I      | "content":"\\u0000I  | message.content contains the character U+0000
                        message   | "content"         | content              | This is not JSON
                        chunk     | "message_ids":["  | "message_ids":["x    | The field 'message_ids' must be a list of ids.
                        chunk     | "message_ids":["0 | "message_ids":["f    | The chunk belongs to a message that is not there.
                        chunk     | "embedding":[     | "embedding":["a",    | The field 'embedding' must be a list of numbers.
                        chunk     | "embedding":[     | "embedding":[0.5,    | chunk.embedding has 385 components, and its model has 384.
                        chunk     | "embedding":[     | "embedding":[],"x":[ | There is no field 'x'
                        chunk     | "session_id":"0   | "session_id":"f      | The chunk is in another session than its round.
                        fact      | "session_id":"0   | "session_id":"f      | The fact is in another session than its round.
                        session   | "name":"          | "name":"\\ud800      | session.name contains an unpaired surrogate
                        message   | "created_at":"20  | "created_at":"+9920  | message.created_at is +99
                        session   | "last_sequence":  | "last_sequence":922337203685477580 | session.last_sequence is 9223372036854775
                        fact      | "confidence":0    | "confidence":7       | fact.confidence is 7.
                        message   | "sequence":1,     | "sequence":0,        | message.sequence is 0.
                        message   | "sequence":1,     | "sequence":-1,       | message.sequence is -1.
                        message   | "session_id":"0   | "session_id":"f      | The message is in another session than its round.
                        message   | "round_id":"0     | "round_id":"f        | The message belongs to something that no line
                        chunk     | "round_id":"0     | "round_id":"f        | The chunk belongs to something that no line
                        episode   | "session_id":"0   | "session_id":"f      | The episode is in another session than its round.
                        episode   | "message_ids":["0 | "message_ids":["f    | The episode belongs to a message that is not there.
                        episode   | "title":"         | "titel":"            | The field 'title' is missing.
                        fact      | "message_ids":["0 | "message_ids":["f    | The fact belongs to a message that is not there.
                        user      | "created_at":"20  | "created_at":"30     | user.created_at is 30
                        round     | "created_at":"20  | "created_at":"19     | round.created_at is 19
                        knowledge | "created_at":"20  | "created_at":"99     | knowledge.created_at is 99
                        chunk     | "created_at":"20  | "created_at":"10     | chunk.created_at is 10
                        fact      | "fact_type":"     | "fact_type":"x       | fact.fact_type must be one of decision, general,
                        fact      | "observed_at":"20 | "observed_at":"19    | fact.observed_at is 19
                        knowledge | "content":"the    | "content":"","x":"   | There is no field 'x' in a line of type knowledge.
                        knowledge | "content":"the sky is blue" | "content":"" | The knowledge has a value that is not allowed.
                        end       | "message":4       | "message":5          | Lines are missing or duplicated
                        """)
    void namesTheInvalidLineAndImportsNothing(String type, String good, String bad, String complaint)
            throws Exception {
        fill();
        Path file = export(session.userId(), "alice.jsonl");
        List<String> lines = new ArrayList<>(lines(file));
        int at = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith("{\"type\":\"" + type) && lines.get(i).contains(good)).findFirst()
                .orElseThrow();
        lines.set(at, lines.get(at).replace(good, bad));
        Files.write(file, withoutChecksum(lines));

        String refused = refusal(file);

        assertTrue(refused.contains(complaint), refused);
        assertTrue(refused.startsWith(file.toString()), refused);
        if (!complaint.startsWith("The message is behind")) {
            assertTrue(refused.contains("line " + (at + 1) + ": "), at + 1 + ": " + refused);
        }
        assertOnlyAlice();
    }

    /// A fact that was replaced, by the id of the fact that replaced it.
    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        2999-01-01T00:00:00Z | 01a21986-0000-7000-8000-000000000000 | superseded by a fact that is not there
                        2999-01-01T00:00:00Z | ITSELF                               | fact.superseded_by names the fact itself
                        1999-01-01T00:00:00Z | OTHER                                | fact.valid_to is 1999-01-01T00:00:00Z, before
                        2999-01-01T00:00:00Z | OTHER                                | imported
                        """)
    void checksByWhatAFactWasSuperseded(String validTo, String by, String complaint) throws Exception {
        fill();
        Path file = export(session.userId(), "alice.jsonl");
        List<String> lines = new ArrayList<>(withoutChecksum(lines(file)));
        List<Integer> facts = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith("{\"type\":\"fact\"")).boxed().toList();
        int first = facts.getFirst();
        String newer = switch (by) {
            case "ITSELF" -> lines.get(first).substring(26, 62);
            case "OTHER" -> lines.get(facts.getLast()).substring(26, 62);
            default -> by;
        };
        lines.set(first, lines.get(first).replaceFirst("\"embedding_model\"",
                "\"valid_to\":\"" + validTo + "\",\"superseded_by\":\"" + newer + "\",$0"));
        Files.write(file, lines);

        if (complaint.equals("imported")) {
            assertEquals("copy", importAs(file, "copy").name());
            return;
        }
        String refused = refusal(file);
        assertTrue(refused.startsWith(file + ", line " + (first + 1) + ": "), refused);
        assertTrue(refused.contains(complaint), refused);
        assertOnlyAlice();
    }

    /// The first message of another round takes the place of the first source.
    @ParameterizedTest
    @ValueSource(strings = {"chunk", "episode", "fact"})
    void refusesATextThatBelongsToAMessageOfAnotherRound(String type) throws Exception {
        fill();
        Path file = export(session.userId(), "alice.jsonl");
        List<String> lines = new ArrayList<>(withoutChecksum(lines(file)));
        String other = lines.stream().filter(line -> line.contains("\"content\":\"kept after a gap\"")).findFirst()
                .orElseThrow().substring(32, 68);
        int at = IntStream.range(0, lines.size()).filter(i -> lines.get(i).startsWith("{\"type\":\"" + type + '"'))
                .findFirst().orElseThrow();
        lines.set(at, lines.get(at).replaceFirst("\"message_ids\":\\[\"[^\"]*\"", "\"message_ids\":[\"" + other + '"'));
        Files.write(file, lines);

        assertEquals(file + ", line " + (at + 1) + ": The " + type
                + " belongs to a message of another round. Nothing was imported.", refusal(file));
        assertOnlyAlice();
    }

    @Test
    void refusesAChunkThatNamesAMessageTwice() throws Exception {
        fill();
        Path file = export(session.userId(), "alice.jsonl");
        Files.write(file, withoutChecksum(lines(file)).stream().map(line -> line.startsWith("{\"type\":\"chunk\"")
                ? line.replaceFirst("\"message_ids\":\\[(\"[^\"]*\")", "$0,$1")
                : line).toList());

        String refused = refusal(file);

        assertTrue(refused.contains(": chunk.message_ids names an id twice."), refused);
        assertOnlyAlice();
    }

    @Test
    void refusesAFileThatWasChangedAfterItsExport() throws Exception {
        fill();
        Path file = export(session.userId(), "alice.jsonl");
        Files.writeString(file, Files.readString(file).replace("the sky is blue", "the sky is grey"));

        String refused = refusal(file);

        assertTrue(refused.startsWith(file + ", line " + lines(file).size() + ": The file was changed or damaged"),
                refused);
        assertOnlyAlice();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7})
    void refusesAnIncompleteFile(int lines) throws Exception {
        fill();
        Path file = export(session.userId(), "alice.jsonl");
        Files.write(file, lines(file).subList(0, lines));

        assertThrows(EngineException.class, () -> importAs(file, "copy"));

        assertOnlyAlice();
    }

    @Test
    void refusesATruncatedGzipFileAndTextThatIsNotUtf8() throws Exception {
        fill();
        Path packed = export(session.userId(), "alice.jsonl.gz");
        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
        Path latin = export(session.userId(), "latin.jsonl");
        Files.write(latin, Files.readString(latin).getBytes(StandardCharsets.ISO_8859_1));

        assertTrue(refusal(packed).startsWith("The file " + packed + " cannot be read beyond line "), refusal(packed));
        assertTrue(refusal(latin).endsWith(" of the line is not UTF-8. Nothing was imported."), refusal(latin));
        assertOnlyAlice();
    }

    /// A new table must be exported, or listed here with a reason.
    @Test
    void everyTableWithAUsersDataIsExported() throws Exception {
        fill();
        // Keys are secrets. Aliases are ids that one program gave out during an outage.
        List<String> notExported = List.of("api_keys", "id_aliases", "message_vectors");
        long tables = fixture.count("SELECT count(DISTINCT table_name) FROM information_schema.columns "
                + "JOIN information_schema.tables USING (table_schema, table_name) WHERE column_name = 'user_id' "
                + "AND table_schema = 'public' AND table_type = 'BASE TABLE'");

        assertEquals(tables, RecordKind.values().length + notExported.size());
    }
}
