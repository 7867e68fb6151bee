package dev.memfuse.load.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.memfuse.engine.Role;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocomoCorpusTest {
    private static Path sample() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(LocomoCorpusTest.class.getResource("/locomo/tiny.json")).toURI());
    }

    @Test
    void readsSessionsTurnsAndImages() throws URISyntaxException {
        Conversation conversation = LocomoCorpus.read(sample()).of(0);

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
                LocomoCorpus.read(sample()).of(0).questions());
    }

    @Test
    void resolvesAllFormsOfEvidenceAndCountsMissingTurns(@TempDir Path folder)
            throws IOException, URISyntaxException {
        String evidence = "\"evidence\": [\"D1:2; D:10:1\", \"D01:02\", \"D9:9\", \"D\", \"\"]";
        Path file = Files.writeString(folder.resolve("x.json"),
                Files.readString(sample()).replace("\"evidence\": []", evidence));

        Question question = LocomoCorpus.read(file).of(0).questions().stream()
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

        assertEquals(3, LocomoCorpus.read(folder).conversations().size());
    }

    private static String problem(Path folder, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), text);
        String message = String
                .valueOf(assertThrows(CorpusException.class, () -> LocomoCorpus.read(file)).getMessage());
        assertTrue(message.startsWith(file.toString()), message);
        return message.substring(file.toString().length());
    }

    @Test
    void reportsProblemsWithTheirPosition(@TempDir Path folder) throws IOException {
        assertTrue(problem(folder, "{\n\"conversation\": oops}").startsWith(":2:"), "position of a syntax error");
        assertEquals(": \"conversation\" is missing or not an object.", problem(folder, "{}"));
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

    @Test
    void reportsMissingFiles(@TempDir Path folder) {
        assertEquals(String.format(Locale.ROOT, "The folder %s holds no .json file.", folder),
                assertThrows(CorpusException.class, () -> LocomoCorpus.read(folder)).getMessage());
        Path missing = folder.resolve("missing");
        assertEquals(String.format(Locale.ROOT, "The data set %s does not exist.", missing),
                assertThrows(CorpusException.class, () -> LocomoCorpus.read(missing)).getMessage());
    }
}
