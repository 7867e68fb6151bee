package dev.memfuse.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.EngineException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Refuses exports that were changed, and imports nothing of them. The cases share one engine, since each of them
/// leaves its database as it was.
@Tag("db")
class ImportRefusalDbTest {
    private static ExportedUser alice;
    private static List<String> lines;

    @TempDir
    private Path folder;

    @BeforeAll
    static void export(@TempDir Path exports) throws Exception {
        alice = new ExportedUser();
        alice.fill();
        lines = Files.readAllLines(alice.export(alice.session().userId(), exports.resolve("alice.jsonl")));
    }

    @AfterAll
    static void stop() {
        alice.close();
    }

    private static List<String> exported() {
        return new ArrayList<>(lines);
    }

    private static List<String> exportedWithoutChecksum() {
        return new ArrayList<>(ExportedUser.withoutChecksum(lines));
    }

    private Path file(List<String> changed) throws IOException {
        return Files.write(folder.resolve("alice.jsonl"), changed);
    }

    private static String refusal(Path file) {
        return String.valueOf(assertThrows(EngineException.class, () -> alice.importAs(file, "copy")).getMessage());
    }

    /// One change to a good file each: a line is named by its first field after the type, or by its number.
    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        header    | version":2        | version":3           | line 1: This is version 3 of the format
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
        List<String> lines = exported();
        int at = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith("{\"type\":\"" + type) && lines.get(i).contains(good)).findFirst()
                .orElseThrow();
        lines.set(at, lines.get(at).replace(good, bad));
        Path file = file(ExportedUser.withoutChecksum(lines));

        String refused = refusal(file);

        assertTrue(refused.contains(complaint), refused);
        assertTrue(refused.startsWith(file.toString()), refused);
        if (!complaint.startsWith("The message is behind")) {
            assertTrue(refused.contains("line " + (at + 1) + ": "), at + 1 + ": " + refused);
        }
        alice.assertAlone();
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
        List<String> lines = exportedWithoutChecksum();
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
        Path file = file(lines);

        if (complaint.equals("imported")) {
            User copy = alice.importAs(file, "copy");
            assertEquals("copy", copy.name());
            alice.fixture().engine().deleteUser(copy.id());
            return;
        }
        String refused = refusal(file);
        assertTrue(refused.startsWith(file + ", line " + (first + 1) + ": "), refused);
        assertTrue(refused.contains(complaint), refused);
        alice.assertAlone();
    }

    /// A fact that contradicts another one, by the id that it names.
    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        01a21986-0000-7000-8000-000000000000 | The fact contradicts a fact that is not there
                        ITSELF                               | fact.conflicts_with names the fact itself
                        ONE-SIDED                            | does not name it
                        TWICE                                | fact.conflicts_with names an id twice
                        NONE                                 | fact.conflicts_with.size
                        BOTH                                 | imported
                        """)
    void checksWhichFactsAFactContradicts(String named, String complaint) throws Exception {
        List<String> lines = exportedWithoutChecksum();
        List<Integer> facts = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith("{\"type\":\"fact\"")).boxed().toList();
        int first = facts.getFirst();
        String own = lines.get(first).substring(26, 62);
        String other = lines.get(facts.getLast()).substring(26, 62);
        mark(lines, first, switch (named) {
            case "ITSELF" -> own;
            case "ONE-SIDED", "BOTH" -> other;
            case "TWICE" -> other + "\",\"" + other;
            default -> named;
        });
        if (named.equals("BOTH")) {
            mark(lines, facts.getLast(), own);
        }
        Path file = file(lines);

        if (complaint.equals("imported")) {
            User copy = alice.importAs(file, "marked");
            assertEquals(List.of(1, 1), alice.fixture().engine().facts(copy.id(), FactQuery.current(100)).stream()
                    .map(fact -> fact.conflictsWith().size()).filter(size -> size > 0).toList());
            alice.fixture().engine().deleteUser(copy.id());
            return;
        }
        String refused = refusal(file);
        assertTrue(refused.startsWith(file + ", line " + (first + 1) + ": "), refused);
        assertTrue(refused.contains(complaint), refused);
        alice.assertAlone();
    }

    private static void mark(List<String> lines, int at, String ids) {
        String list = ids.equals("NONE") ? "[]" : "[\"" + ids + "\"]";
        lines.set(at, lines.get(at).replaceFirst("\"embedding_model\"", "\"conflicts_with\":" + list + ",$0"));
    }

    /// The first message of another round takes the place of the first source.
    @ParameterizedTest
    @ValueSource(strings = {"chunk", "episode", "fact"})
    void refusesATextThatBelongsToAMessageOfAnotherRound(String type) throws Exception {
        List<String> lines = exportedWithoutChecksum();
        String other = lines.stream().filter(line -> line.contains("\"content\":\"kept after a gap\"")).findFirst()
                .orElseThrow().substring(32, 68);
        int at = IntStream.range(0, lines.size()).filter(i -> lines.get(i).startsWith("{\"type\":\"" + type + '"'))
                .findFirst().orElseThrow();
        lines.set(at, lines.get(at).replaceFirst("\"message_ids\":\\[\"[^\"]*\"", "\"message_ids\":[\"" + other + '"'));
        Path file = file(lines);

        assertEquals(file + ", line " + (at + 1) + ": The " + type
                + " belongs to a message of another round. Nothing was imported.", refusal(file));
        alice.assertAlone();
    }

    @Test
    void refusesAChunkThatNamesAMessageTwice() throws Exception {
        Path file = file(exportedWithoutChecksum().stream().map(line -> line.startsWith("{\"type\":\"chunk\"")
                ? line.replaceFirst("\"message_ids\":\\[(\"[^\"]*\")", "$0,$1")
                : line).toList());

        String refused = refusal(file);

        assertTrue(refused.contains(": chunk.message_ids names an id twice."), refused);
        alice.assertAlone();
    }

    @Test
    void refusesAFileThatWasChangedAfterItsExport() throws Exception {
        Path file = file(exported().stream().map(line -> line.replace("the sky is blue", "the sky is grey")).toList());

        String refused = refusal(file);

        assertTrue(refused.startsWith(file + ", line " + exported().size() + ": The file was changed or damaged"),
                refused);
        alice.assertAlone();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7})
    void refusesAnIncompleteFile(int lines) throws Exception {
        Path file = file(exported().subList(0, lines));

        assertThrows(EngineException.class, () -> alice.importAs(file, "copy"));

        alice.assertAlone();
    }

    @Test
    void refusesATruncatedGzipFileAndTextThatIsNotUtf8() throws Exception {
        Path packed = alice.export(alice.session().userId(), folder.resolve("alice.jsonl.gz"));
        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
        Path latin = Files.write(folder.resolve("latin.jsonl"), exported(), StandardCharsets.UTF_8);
        Files.write(latin, Files.readString(latin).getBytes(StandardCharsets.ISO_8859_1));

        assertTrue(refusal(packed).startsWith("The file " + packed + " cannot be read beyond line "), refusal(packed));
        assertTrue(refusal(latin).endsWith(" of the line is not UTF-8. Nothing was imported."), refusal(latin));
        alice.assertAlone();
    }
}
