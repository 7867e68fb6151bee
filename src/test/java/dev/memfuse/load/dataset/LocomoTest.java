package dev.memfuse.load.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.engine.Role;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.CorpusException;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class LocomoTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static Path sample() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(LocomoTest.class.getResource("/locomo/tiny.json")).toURI());
    }

    @Test
    void readsSessionsTurnsAndImages() throws URISyntaxException {
        Conversation conversation = DatasetCorpus.read(sample(), 100).of(0);

        assertEquals("conv-tiny", conversation.id());
        assertEquals(List.of("session_1", "session_2", "session_10"),
                conversation.sessions().stream().map(CorpusSession::name).toList());
        assertEquals(List.of(
                new Turn(Role.USER, "Ada: I planted beans today.", Instant.parse("2023-05-08T13:56:00Z")),
                new Turn(Role.ASSISTANT, "Ben: Nice! Show me. [image: a pot with three beans]",
                        Instant.parse("2023-05-08T13:56:30Z"))),
                conversation.sessions().getFirst().turns());
    }

    @Test
    void asksQuestionsAfterTheirEvidence() throws URISyntaxException {
        assertEquals(
                List.of(new Question("What did Ada plant?", 1, "temporal", List.of(1), 0),
                        new Question("Where is the pot?", 4, "multi-hop", List.of(3, 4), 0),
                        new Question("Nobody knows?", 4, "adversarial", List.of(), 0)),
                DatasetCorpus.read(sample(), 100).of(0).questions());
    }

    @Test
    void resolvesAllFormsOfEvidenceAndCountsMissingTurns(@TempDir Path folder)
            throws IOException, URISyntaxException {
        String evidence = "\"evidence\": [\"D1:2; D:10:1\", \"D01:02\", \"D9:9\", \"D\", \"\"]";
        Path file = Files.writeString(folder.resolve("x.json"),
                Files.readString(sample()).replace("\"evidence\": []", evidence));

        Question question = DatasetCorpus.read(file, 100).of(0).questions().stream()
                .filter(one -> one.text().equals("Nobody knows?")).findFirst().orElseThrow();

        assertEquals(List.of(2, 4), question.evidence());
        assertEquals(4, question.askableFrom());
        assertEquals(2, question.unresolved());
    }

    @Test
    void readsAFolderAndAnArrayOfSamples(@TempDir Path folder) throws IOException, URISyntaxException {
        String text = Files.readString(sample());
        Files.writeString(folder.resolve("a.json"), text);
        Files.writeString(folder.resolve("b.json"), "[" + text + "," + text + "]");
        Files.writeString(folder.resolve("notes.txt"), "not read");

        assertEquals(3, DatasetCorpus.read(folder, 100).conversations().size());
    }

    private static String problem(Path folder, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), text);
        String message = String
                .valueOf(assertThrows(CorpusException.class, () -> DatasetCorpus.read(file, 100)).getMessage());
        assertTrue(message.startsWith(file.toString()), message);
        return message.substring(file.toString().length());
    }

    @Test
    void reportsProblemsWithTheirPosition(@TempDir Path folder) throws IOException {
        assertTrue(problem(folder, "{\n\"conversation\": oops}").startsWith(":2:"), "position of a syntax error");
        assertEquals(": \"conversation\" is missing or not an object.", problem(folder, "{\"conversation\": 1}"));
        assertEquals(": conversation: \"speaker_a\" is missing or not text.",
                problem(folder, "{\"conversation\": {}}"));
        String head = "{\"conversation\": {\"speaker_a\": \"Ada\", \"speaker_b\": \"Ben\"";
        assertEquals(": \"conversation\" has no \"session_1\" with turns.", problem(folder, head + "}}"));
        assertEquals(": session_1[0]: the speaker \"Cy\" is neither speaker_a nor speaker_b.",
                problem(folder, head + ", \"session_1_date_time\": \"1:56 pm on 8 May, 2023\", \"session_1\": "
                        + "[{\"speaker\": \"Cy\", \"text\": \"Hi\"}]}}"));
        assertEquals(": \"session_1_date_time\" is \"today\"; expected a time like \"1:56 pm on 8 May, 2023\".",
                problem(folder, head + ", \"session_1_date_time\": \"today\", \"session_1\": "
                        + "[{\"speaker\": \"Ada\", \"text\": \"Hi\"}]}}"));
    }

    private static final String TURN = "{\"speaker\": \"Ada\", \"dia_id\": \"D1:1\", \"text\": \"Hi\"}";
    private static final String TIME = "1:56 pm on 8 May, 2023";

    private static String sample(String time, String sessions, String more) {
        return "{\"conversation\": {\"speaker_a\": \"Ada\", \"speaker_b\": \"Ben\", \"session_1_date_time\": \"" + time
                + "\", " + sessions + "}" + more + "}";
    }

    @Test
    void refusesTwoTurnsWithOneName(@TempDir Path folder) throws IOException {
        assertEquals(
                ": session_1[1]: \"dia_id\" is \"D01:1\", which turn 1 of the conversation has too.",
                problem(folder, sample(TIME, "\"session_1\": [" + TURN + "," + TURN.replace("D1", "D01") + "]", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"session_1\": [], \"session_01\": []", "\"session_1\": [], \"session_1\": []"})
    void refusesASessionGivenTwice(String sessions, @TempDir Path folder) throws IOException {
        String problem = problem(folder, sample(TIME, sessions, ""));
        assertTrue(problem.contains("same session") || problem.contains("Duplicate"), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_-1", "session_1a", "session_", "session_ 2", "Session_2", "session2",
            "session_1.0",
            "session_\u0663", "session_1_date_time_", "sesion_2", "session_1 ", "session_1.5", "session_a", "turns"})
    void refusesAKeyThatLooksLikeASession(String key, @TempDir Path folder) throws IOException {
        assertEquals(": \"" + key + "\" is no name of a session; expected \"session_1\", \"session_2\" and so on.",
                problem(folder, sample(TIME, "\"session_1\": [" + TURN + "], \"" + key + "\": [" + TURN + "]", "")));
    }

    @Test
    void keepsTurnsOfToolsAndOtherRoles(@TempDir Path folder) throws IOException {
        String tool = "{\"speaker\": \"tool\", \"dia_id\": \"D1:2\", \"text\": \"42\"}";
        String developer = "{\"speaker\": \"Ben\", \"role\": \"developer\", \"text\": \"Be brief.\"}";
        Path file = Files.writeString(folder.resolve("x.json"),
                sample(TIME, "\"session_1\": [" + TURN + "," + tool + "," + developer + "]", ""));

        assertEquals(List.of(Role.USER, Role.TOOL, Role.DEVELOPER),
                DatasetCorpus.read(file, 1).of(0).sessions().getFirst().turns().stream().map(Turn::role).toList());
        assertEquals(": session_1[0]: \"role\" is \"king\"; expected one of user, assistant, system, tool, developer.",
                problem(folder, sample(TIME, "\"session_1\": [" + developer.replace("developer", "king") + "]", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:56 pm on 31 February, 2023", "0:00 am on 8 May, 2023", "13:00 pm on 8 May, 2023",
            "1:60 pm on 8 May, 2023", "1:56 pm on 29 February, 2023", "1:56 pm on 0 May, 2023"})
    void refusesTimesThatDoNotExist(String time, @TempDir Path folder) throws IOException {
        assertEquals(
                ": \"session_1_date_time\" is \"" + time + "\"; expected a time like \"1:56 pm on 8 May, 2023\".",
                problem(folder, sample(time, "\"session_1\": [" + TURN + "]", "")));
    }

    @Test
    void refusesEqualSpeakersAndNumbersOutOfRange(@TempDir Path folder) throws IOException {
        String good = sample(TIME, "\"session_1\": [" + TURN + "]", "");
        assertEquals(": conversation: \"speaker_a\" and \"speaker_b\" are both \"Ada\"; they must differ.",
                problem(folder, good.replace("Ben", "Ada")));
        assertEquals(": the number of \"session_99999999999\" is above 2147483647.",
                problem(folder, sample(TIME, "\"session_1\": [" + TURN + "], \"session_99999999999\": []", "")));
        assertEquals(": qa[0]: \"category\" is 6; expected 1 to 5.", problem(folder, sample(TIME,
                "\"session_1\": [" + TURN + "]", ", \"qa\": [{\"question\": \"Who?\", \"category\": 6}]")));
    }

    @Test
    void refusesTextAfterTheValue(@TempDir Path folder) throws IOException {
        String good = sample(TIME, "\"session_1\": [" + TURN + "]", "");
        assertEquals(":1:" + (good.length() + 1) + ": more text after the JSON.", problem(folder, good + "{}"));
        assertEquals(":2:1: more text after the JSON.", problem(folder, "[" + good + "]\n{}"));
        assertTrue(problem(folder, good + "\nx").startsWith(":2:"), "position of other text");
        assertEquals(" is empty; expected JSON.", problem(folder, " \n"));
    }

    @Test
    void readsAByteOrderMark(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bom.json"),
                "\uFEFF" + sample(TIME, "\"session_1\": [" + TURN + "]", ""));

        assertEquals(1, DatasetCorpus.read(file, 100).messages());
    }

    @Test
    void reportsTheFirstByteThatIsNotUtf8(@TempDir Path folder) throws IOException {
        byte[] bytes = sample(TIME, "\n \"session_1\": [" + TURN + "]", "").getBytes(StandardCharsets.UTF_8);
        bytes[new String(bytes, StandardCharsets.UTF_8).indexOf("Hi")] = (byte) 0xE4;
        Path file = Files.write(folder.resolve("latin1.json"), bytes);

        String message = assertThrows(CorpusException.class, () -> DatasetCorpus.read(file, 100)).getMessage();

        assertEquals(file + ":2:62: a byte that is not UTF-8.", message);
    }

    /// Each value of a sample is replaced by values of every other form, and removed.
    @Test
    void readsOrRefusesEveryFormOfEveryValue(@TempDir Path folder) throws IOException, URISyntaxException {
        String text = Files.readString(sample());
        List<String> paths = paths(MAPPER.readTree(text), "");
        Path file = folder.resolve("changed.json");
        int refused = 0;
        for (String path : paths) {
            for (String value : List.of("null", "true", "-1", "1e400", "99999999999999999999", "\"\"", "\"\\u0000\"",
                    "\"\\ud800\"", "[]", "[null]", "{}", "{\"a\": 1}", "[".repeat(2_000) + "]".repeat(2_000))) {
                Files.writeString(file, changed(text, path, value));
                try {
                    DatasetCorpus.read(file, 100);
                } catch (CorpusException | InvalidValueException e) {
                    refused++;
                    assertTrue(String.valueOf(e.getMessage()).startsWith(file.toString()), e.getMessage());
                }
            }
        }
        assertTrue(paths.size() > 20 && refused > 4 * paths.size(), paths.size() + " places, refused " + refused);
    }

    private static List<String> paths(JsonNode node, String path) {
        List<String> paths = new ArrayList<>(List.of(path));
        node.propertyNames().forEach(name -> paths.addAll(paths(node.path(name), path + "/" + name)));
        for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
            paths.addAll(paths(node.path(i), path + "/" + i));
        }
        return paths;
    }

    private static String changed(String text, String path, String value) {
        if (path.isEmpty()) {
            return value;
        }
        String marker = "@changed@";
        JsonNode root = MAPPER.readTree(text);
        int slash = path.lastIndexOf('/');
        JsonNode parent = root.at(path.substring(0, slash));
        String key = path.substring(slash + 1);
        if (parent instanceof ObjectNode object) {
            object.put(key, marker);
        } else if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(key), marker);
        }
        return root.toString().replace("\"" + marker + "\"", value);
    }

    @Test
    void reportsMissingFiles(@TempDir Path folder) {
        assertEquals(String.format(Locale.ROOT, "The folder %s holds no .json or .jsonl file.", folder),
                assertThrows(CorpusException.class, () -> DatasetCorpus.read(folder, 100)).getMessage());
        Path missing = folder.resolve("missing");
        assertEquals(String.format(Locale.ROOT, "The data set %s does not exist.", missing),
                assertThrows(CorpusException.class, () -> DatasetCorpus.read(missing, 100)).getMessage());
    }

    /// The engine would refuse these values one by one, in the middle of a load.
    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        I planted beans today. | a\\u0000b     | session_1[0]: "text" contains the character U+0000
                        I planted beans today. | \\ud83d cut   | session_1[0]: "text" contains an unpaired surrogate
                        What did Ada plant?    | a\\u0000b     | "question" contains the character U+0000
                        8 May, 2023            | 1 May, +12023 | session_1[0]: time is +12023-05-01T13:56:00Z
                        """)
    void namesTheFileAndThePlaceOfAValueThatTheEngineRefuses(String good, String bad, String complaint,
            @TempDir Path folder) throws Exception {
        Path file = folder.resolve("bad.json");
        Files.writeString(file, Files.readString(sample()).replaceFirst(Pattern.quote(good),
                Matcher.quoteReplacement(bad)));

        String refusal = String.valueOf(
                assertThrows(InvalidValueException.class, () -> DatasetCorpus.read(file, 100)).getMessage());

        assertTrue(refusal.startsWith(file + ", "), refusal);
        assertTrue(refusal.contains(complaint), refusal);
    }
}
