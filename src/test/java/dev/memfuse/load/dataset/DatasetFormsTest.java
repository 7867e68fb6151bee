package dev.memfuse.load.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import dev.memfuse.engine.Role;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.Corpus;
import dev.memfuse.load.corpus.CorpusException;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The forms of data sets besides LoCoMo.
class DatasetFormsTest {
    private static final String INSTANCE = """
                                           {"question_id": "q1", "question_type": "multi-session", "question": "How many kayaks?", "answer": 2,
                                            "question_date": "2023/05/30 (Tue) 23:40",
                                            "haystack_session_ids": ["s2", "s1"],
                                            "haystack_dates": ["2023/05/21 (Sun) 02:21", "2023/05/20 (Sat) 02:21"],
                                            "haystack_sessions": [
                                              [{"role": "user", "content": "A second kayak.", "has_answer": true}],
                                              [{"role": "user", "content": "A kayak.", "has_answer": true}, {"role": "assistant", "content": "Nice."}]],
                                            "answer_session_ids": ["s1", "s2"]}
                                           """;

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        // The name says nothing about the form.
        return Files.writeString(folder.resolve("data.txt"), text);
    }

    private Corpus corpus(String text) throws IOException {
        return DatasetCorpus.read(file(text), 100);
    }

    private String problem(String text) throws IOException {
        Path file = file(text);
        RuntimeException refused = assertThrows(RuntimeException.class, () -> DatasetCorpus.read(file, 100));
        assertTrue(refused instanceof CorpusException || refused instanceof InvalidValueException, refused.toString());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith(file.toString()), message);
        return message.substring(file.toString().length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "[%s]", "\uFEFF[%s]", "[%s\n]\n\n"})
    void readsLongMemEvalInTheOrderOfItsDates(String form) throws IOException {
        Corpus corpus = corpus(form.replace("%s", INSTANCE));

        assertTrue(corpus.name().startsWith("LongMemEval, "), corpus.name());
        Conversation conversation = corpus.of(0);
        assertEquals("q1", conversation.id());
        assertEquals(List.of(
                new CorpusSession("s1", List.of(new Turn(Role.USER, "A kayak.", Instant.parse("2023-05-20T02:21:00Z")),
                        new Turn(Role.ASSISTANT, "Nice.", Instant.parse("2023-05-20T02:21:30Z")))),
                new CorpusSession("s2",
                        List.of(new Turn(Role.USER, "A second kayak.", Instant.parse("2023-05-21T02:21:00Z"))))),
                conversation.sessions());
        assertEquals(List.of(new Question("How many kayaks?", 3, "multi-session", List.of(1, 3), 0)),
                conversation.questions());
    }

    @Test
    void anAbstentionOfLongMemEvalHasNoEvidenceAndRepeatedSessionsAreKept() throws IOException {
        Path file = file(INSTANCE.replace("\"q1\"", "\"q1_abs\"").replace("[\"s2\", \"s1\"]", "[\"s1\", \"s1\"]"));

        Conversation conversation = DatasetCorpus.read(file, 1).of(0);

        assertEquals(List.of("s1 (2)", "s1"), conversation.sessions().stream().map(CorpusSession::name).toList());
        assertEquals(List.of(new Question("How many kayaks?", 3, "abstention", List.of(), 1)),
                conversation.questions());
        DatasetReport report = DatasetCheck.of(file);
        assertEquals(2, report.noteCount(), report.notes()::toString);
        assertTrue(report.notes().getLast().endsWith("the evidence \"s2\" of \"answer_session_ids\" names no session."),
                report.notes()::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        2023/05/20 (Sat)          | 2023/02/30 (Thu)   | : haystack_dates[1] is "2023/02/30 (Thu) 02:21"; expected a time like
                        2023/05/20 (Sat)          | 2023/05/20 (Sun)   | : haystack_dates[1] is "2023/05/20 (Sun) 02:21"; expected a time like
                        ["s2", "s1"]              | ["s2"]             | : "haystack_session_ids" has 1 values for 2 sessions.
                        "2023/05/21 (Sun) 02:21", | ''                 | : "haystack_dates" has 1 values for 2 sessions.
                        "role": "assistant"       | "role": "robot"    | : haystack_sessions[1][1]: "role" is "robot"; expected one of user,
                        "content": "Nice."        | "content": 7       | : haystack_sessions[1][1]: "content" is neither text nor a list
                        "content": "Nice."        | "content": "\\u0000" | , haystack_sessions[1][1]: "content" contains the character U+0000
                        "question_id": "q1"       | "question_id": 1   | : "question_id" is missing or not text.
                        "question_type": "multi-session", | ''         | : "question_type" is missing or not text.
                        "How many kayaks?"        | ""                 | : "question" is missing or not text.
                        ["s2", "s1"]              | ["s2", 1]          | : haystack_session_ids[1] is not text.
                        """)
    void refusesLongMemEvalWithThePlace(String good, String bad, String complaint) throws IOException {
        String problem = problem(INSTANCE.replace(good, bad));

        assertTrue(problem.startsWith(complaint), problem);
    }

    @Test
    void joinsTheMessagesOfAUserAndASession() throws IOException {
        Corpus corpus = corpus(
                """
                {"user": "ann", "session": "a", "role": "user", "content": "one", "created_at": "2026-01-31T12:00:00Z"}
                {"user": 7, "session": "a", "role": "system", "content": "two", "created_at": 1769860800, "metadata": {}}

                {"user": "ann", "session": "b", "role": "developer", "content": "three", "created_at": 1769860800500}
                {"user": "ann", "session": "a", "role": "tool", "content": "four", "created_at": "2026-01-31 14:00:00+02:00"}
                {"role": "assistant", "content": "five"}
                """);

        assertTrue(corpus.name().startsWith("messages, "), corpus.name());
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");
        assertEquals(List.of(
                new Conversation("ann",
                        List.of(new CorpusSession("a",
                                List.of(new Turn(Role.USER, "one", noon), new Turn(Role.TOOL, "four", noon))),
                                new CorpusSession("b",
                                        List.of(new Turn(Role.DEVELOPER, "three", noon.plusMillis(500))))),
                        List.of()),
                new Conversation("7", List.of(new CorpusSession("a", List.of(new Turn(Role.SYSTEM, "two", noon)))),
                        List.of()),
                new Conversation("user", List.of(new CorpusSession("session",
                        List.of(new Turn(Role.ASSISTANT, "five", Times.DEFAULT_START.plusSeconds(6 * 3600))))),
                        List.of())),
                corpus.conversations());
    }

    @Test
    void readsChatsWithPartsNamesAndCallsOfTools() throws IOException {
        Corpus corpus = corpus(
                """
                {"messages": [{"role": "developer", "content": "Be brief."},
                 {"role": "user", "name": "Ann", "content": [{"type": "text", "text": "What is"}, {"type": "image_url", "image_url": {"url": "x"}}]},
                 {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function", "function": {"name": "look", "arguments": "{\\"at\\": 1}"}}]},
                 {"role": "tool", "tool_call_id": "1", "content": "a kayak"},
                 {"role": "assistant", "content": "", "refusal": "No."},
                 {"role": "user", "content": ""}]}
                """.replace(
                        "\n ", " ")
                        + "{\"messages\": [{\"role\": \"function\", \"name\": \"f\", \"content\": \"ok\"}], "
                        + "\"user\": \"bob\", \"session\": \"s\"}\n");

        assertTrue(corpus.name().startsWith("chats, "), corpus.name());
        assertEquals(List.of("chat 1", "bob"), corpus.conversations().stream().map(Conversation::id).toList());
        assertEquals(List.of("DEVELOPER Be brief.", "USER Ann: What is\n[image_url]",
                "ASSISTANT [call of look: {\"at\": 1}]", "TOOL a kayak", "ASSISTANT No."),
                corpus.of(0).sessions().getFirst().turns().stream().map(turn -> turn.role() + " " + turn.text())
                        .toList());
        assertEquals("f: ok", corpus.of(1).sessions().getFirst().turns().getFirst().text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        {"role": "king", "content": "x"}                         | , line 2: "role" is "king"; expected one of user, assistant, system, tool, developer.
                        {"content": "x"}                                         | , line 2: "role" is missing; expected one of
                        {"role": "user", "content": {}}                          | , line 2: "content" is neither text nor a list of parts.
                        {"role": "user", "content": "x", "created_at": "today"}  | , line 2: "created_at" is "today"; expected a time like
                        {"role": "user", "content": "x", "created_at": "2026-02-30"} | , line 2: "created_at" is "2026-02-30"
                        {"role": "user", "content": "x", "created_at": 1e300}    | , line 2: "created_at" is 1.0E300
                        {"role": "user", "content": "x", "created_at": true}     | , line 2: "created_at" is true
                        {"role": "user", "content": "x", "user": []}             | , line 2: "user" is neither text nor a whole number.
                        {"role": "user", "content": "x", "user": " "}            | , line 2, "user" is blank.
                        {"role": "user", "content": "x", "role": "user"}         | :2:
                        {"role": "user", "content": "x"} x                       | :2:
                        {"role": "user", "content": "x                           | :2:
                        {"messages": []}                                         | , line 2: this is of the form chats, and the file began with messages.
                        {"question": "x"}                                        | , line 2: this is none of the forms that are read:
                        [1]                                                      | , line 2: this is not a JSON object.
                        {"role": "user", "content": "\\ud800"}                   | , line 2, "content" contains an unpaired surrogate
                        """)
    void refusesALineWithItsNumber(String line, String complaint) throws IOException {
        String problem = problem("{\"role\": \"user\", \"content\": \"fine\"}\n" + line + "\n");

        assertTrue(problem.startsWith(complaint), problem);
    }

    @Test
    void namesTheLineOfAByteThatIsNotUtf8AcrossBuffers() throws IOException {
        String line = "{\"role\": \"user\", \"content\": \"" + "é".repeat(50_000) + "\"}\n";
        for (int number : List.of(1, 2, 3)) {
            byte[] bytes = line.repeat(3).getBytes(StandardCharsets.UTF_8);
            int lineBytes = bytes.length / 3;
            int column = 30 + 15_000 * number;
            bytes[(number - 1) * lineBytes + 29 + 2 * (column - 30)] = (byte) 0xFF;
            Path file = Files.write(folder.resolve("bad"), bytes);

            DatasetReport report = DatasetCheck.of(file);

            assertEquals(List.of(file + ":" + number + ":" + column + ": a byte that is not UTF-8."),
                    report.problems());
            assertEquals(2, report.allTurns());
        }
    }

    @Test
    void aLoadKeepsAsManyConversationsAsItHasUsersAndBoundsTheirTexts() throws IOException {
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, 300).forEach(i -> lines.append("{\"user\": \"u").append(i % 30)
                .append("\", \"role\": \"user\", \"content\": \"").append("x".repeat(100)).append("\"}\n"));
        Path file = file(lines.toString());

        assertEquals(List.of(10, 10), DatasetCorpus.read(file, 2).conversations().stream()
                .map(Conversation::messages).toList());
        assertEquals(3_000, DatasetCorpus.read(file, 30, 1_000_000).messages() * 10);
        Corpus bounded = DatasetCorpus.read(file, 100, 500);
        assertEquals(5, bounded.messages());
        assertTrue(bounded.name().endsWith(", the first 500 characters"), bounded.name());
    }

    @Test
    void theCheckCountsEverythingAndListsEveryProblem() throws IOException {
        StringBuilder lines = new StringBuilder("{\"user\": \"a\", \"role\": \"user\", \"content\": \"Tere 你好\", "
                + "\"metadata\": {\"k\": 1}}\n");
        for (int i = 0; i < 60; i++) {
            lines.append("{\"user\": \"b\", \"role\": \"nobody\", \"content\": \"x\"}\n");
        }
        lines.append("{\"user\": \"b\", \"session\": \"s\", \"role\": \"tool\", \"content\": \"ok\", "
                + "\"created_at\": \"2026-01-31\"}\n");
        Path file = file(lines.toString());

        DatasetReport report = DatasetCheck.of(file);

        assertEquals(List.of("messages"), report.forms());
        assertEquals(List.of(2L, 2L, 2L), List.of(report.users(), report.sessions(), report.allTurns()));
        assertEquals(60, report.problemCount());
        assertEquals(50, report.problems().size());
        assertEquals(
                file + ", line 2: \"role\" is \"nobody\"; expected one of user, assistant, system, tool, developer.",
                report.problems().getFirst());
        assertEquals("2025-01-01T01:00:00Z", report.firstTime());
        assertEquals("2026-01-31T00:00:00Z", report.lastTime());
        assertEquals(11 + 2, report.textBytes());
        assertEquals(List.of("Latin", "Han"), List.copyOf(report.scripts().keySet()));
        assertEquals(0.75, report.scripts().getOrDefault("Latin", 0.0), 1e-9);
        assertEquals(List.of("The key \"metadata\" is not stored; 1 line has it."), report.notes());
        assertTrue(!report.loadable());
    }
}
