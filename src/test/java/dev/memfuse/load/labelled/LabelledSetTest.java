package dev.memfuse.load.labelled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.memfuse.load.corpus.CorpusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledSetTest {
    private static final String LINE = "{\"id\":\"a\",\"language\":\"en\",\"category\":\"move\",\"turns\":[{\"at\":"
            + "\"2024-05-15\",\"text\":\"Hi\"}],\"facts\":[{\"turn\":1,\"subject\":\"user\",\"attribute\":\"x\","
            + "\"value\":\"y\",\"time\":\"2024-06\"}]}";

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("set.jsonl"), text);
    }

    @Test
    void theBuiltInSetHasTwoHalvesOfDifferentTexts() {
        LabelledSet all = LabelledSet.of("labelled");
        Set<String> develop = texts(LabelledSet.of("labelled:develop"));
        Set<String> judge = texts(LabelledSet.of("labelled:judge"));

        assertTrue(all.only(dialogue -> dialogue.language().equals("en")).dialogues().size() >= 300);
        assertTrue(all.only(dialogue -> !dialogue.language().equals("en")).dialogues().size() >= 60);
        assertEquals(Set.of("de", "en", "es", "fr", "ja", "zh"),
                all.dialogues().stream().map(LabelledDialogue::language).collect(Collectors.toSet()));
        judge.retainAll(develop);
        assertEquals(Set.of(), judge);
    }

    @Test
    void theUnseenPartHasTextsOfItsOwnAndIsNoPartOfTheWholeSet() {
        LabelledSet unseen = LabelledSet.of("labelled:unseen");
        Set<String> others = texts(LabelledSet.of("labelled"));

        assertEquals(48, unseen.only(dialogue -> dialogue.language().equals("en")).dialogues().size());
        assertEquals(12, unseen.only(dialogue -> !dialogue.language().equals("en")).dialogues().size());
        others.retainAll(texts(unseen));
        assertEquals(Set.of(), others);
    }

    @ParameterizedTest
    @ValueSource(strings = {"times", "moments"})
    void thePartsAboutTimesHaveTextsOfTheirOwnInSeveralLanguages(String part) {
        LabelledSet times = LabelledSet.of("labelled:" + part);
        Set<String> others = new HashSet<>();
        List.of("labelled", "labelled:unseen", "labelled:times", "labelled:moments").stream()
                .filter(other -> !other.equals(times.name()))
                .forEach(other -> others.addAll(texts(LabelledSet.of(other))));

        assertTrue(times.dialogues().stream().filter(dialogue -> dialogue.facts().stream()
                .anyMatch(fact -> fact.period().isPresent())).count() >= 40);
        assertTrue(times.dialogues().stream().map(LabelledDialogue::language).collect(Collectors.toSet())
                .containsAll(Set.of("de", "en", "es", "fr", "ja")));
        others.retainAll(texts(times));
        assertEquals(Set.of(), others);
    }

    private static Set<String> texts(LabelledSet set) {
        return set.dialogues().stream().flatMap(dialogue -> dialogue.turns().stream())
                .map(LabelledDialogue.Turn::text).collect(Collectors.toSet());
    }

    @Test
    void readsAFile() throws IOException {
        Path file = file(LINE + "\n\n" + LINE.replace("\"a\"", "\"b\"") + "\n");
        List<LabelledDialogue> dialogues = LabelledSet.of(file.toString()).dialogues();

        assertTrue(LabelledSet.isLabelled(file));
        assertEquals(2, dialogues.size());
        assertEquals(Instant.parse("2024-05-15T09:00:00Z"), dialogues.getFirst().turns().getFirst().time());
        LabelledTime time = dialogues.getFirst().facts().getFirst().period().orElseThrow();
        assertEquals(List.of(1L, 0L, 2L), List.of(time.daysFrom(Instant.parse("2024-05-31T12:00:00Z")),
                time.daysFrom(Instant.parse("2024-06-30T12:00:00Z")),
                time.daysFrom(Instant.parse("2024-07-02T00:00:00Z"))));
    }

    @Test
    void otherFilesAreNotLabelled() throws IOException {
        assertFalse(LabelledSet.isLabelled(file("[1, 2]")));
        assertFalse(LabelledSet.isLabelled(folder));
        assertFalse(LabelledSet.isLabelled(folder.resolve("none")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"turn\":1|\"turn\":2|\"turn\" is 2, outside 1..1",
            "2024-06|June|is no labelled dialogue", "\"id\":\"a\"|\"id\":\" \"|\"id\" is missing",
            "\"value\":\"y\"|\"worth\":\"y\"|is no labelled dialogue", "\"text\":\"Hi\"|\"text\":\"\"|a turn needs",
            "\"time\":\"2024-06\"|\"supersedes\":[3]|\"supersedes\" is 3"})
    void namesFileAndLineOfADamagedLabel(String right, String wrong, String problem) throws IOException {
        Path file = file(LINE.replace("\"a\"", "\"z\"") + "\n" + LINE.replace(right, wrong));

        String message = String.valueOf(
                assertThrows(CorpusException.class, () -> LabelledSet.of(file.toString())).getMessage());

        assertTrue(message.contains("set.jsonl, line 2") && message.contains(problem), message);
    }

    @Test
    void anIdIsUsedOnce() throws IOException {
        Path file = file(LINE + "\n" + LINE);

        CorpusException refused = assertThrows(CorpusException.class, () -> LabelledSet.of(file.toString()));
        assertTrue(String.valueOf(refused.getMessage()).contains("used twice"));
    }
}
