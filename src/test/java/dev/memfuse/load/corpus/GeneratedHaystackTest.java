package dev.memfuse.load.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import dev.memfuse.engine.Role;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GeneratedHaystackTest {

    private static List<CorpusSession> sessions(Haystack haystack) {
        return StreamSupport.stream(haystack.sessions().spliterator(), false).toList();
    }

    private static List<Turn> turns(Haystack haystack) {
        return sessions(haystack).stream().flatMap(session -> session.turns().stream()).toList();
    }

    private static Map<String, List<Question>> byAbility(Haystack haystack) {
        return haystack.questions().stream().collect(Collectors.groupingBy(Question::category));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 12_346})
    void hasTheRequestedNumberOfTurns(int turns) {
        Haystack haystack = GeneratedHaystack.of(1, turns);

        assertEquals(turns, haystack.turns());
        assertEquals(turns, turns(haystack).size());
        assertEquals(5, byAbility(haystack).size());
        assertEquals(1, byAbility(haystack).values().stream().map(List::size).distinct().count());
    }

    @Test
    void isDeterministic() {
        Haystack haystack = GeneratedHaystack.of(7, 1_000);

        assertEquals(sessions(haystack), sessions(haystack), "each iteration");
        assertEquals(sessions(haystack), sessions(GeneratedHaystack.of(7, 1_000)));
        assertEquals(haystack.questions(), GeneratedHaystack.of(7, 1_000).questions());
        assertNotEquals(haystack.questions(), GeneratedHaystack.of(8, 1_000).questions());
    }

    @Test
    void theEvidenceMentionsThePersonOfTheQuestion() {
        Haystack haystack = GeneratedHaystack.of(1, 1_000);
        List<Turn> turns = turns(haystack);
        for (Question question : haystack.questions()) {
            for (int position : question.evidence()) {
                Turn turn = turns.get(position - 1);
                String person = person(turn.text());
                assertEquals(Role.USER, turn.role());
                assertTrue(question.text().contains(person), question.text() + " and " + turn.text());
            }
        }
    }

    /// Two capitalised words in a row, the first of which is a first name in a haystack.
    private static String person(String text) {
        var names = Pattern.compile("\\b\\p{Lu}\\p{Ll}+ \\p{Lu}\\p{Ll}+\\b").matcher(text);
        assertTrue(names.find(), text);
        return names.group();
    }

    @Test
    void anUpdateFollowsTheOldValueAndIsTheOnlyEvidence() {
        Haystack haystack = GeneratedHaystack.of(1, 1_000);
        List<Turn> turns = turns(haystack);
        for (Question question : byAbility(haystack).getOrDefault("update", List.of())) {
            int update = question.evidence().getFirst();
            String person = person(turns.get(update - 1).text());
            List<Integer> about = new ArrayList<>();
            for (int i = 0; i < turns.size(); i++) {
                if (turns.get(i).text().contains(person)) {
                    about.add(i + 1);
                }
            }
            assertEquals(2, about.size(), person);
            assertEquals(List.of(update), question.evidence());
            assertEquals(update, about.getLast());
        }
    }

    @Test
    void aMultiSessionQuestionHasEvidenceInTwoSessions() {
        Haystack haystack = GeneratedHaystack.of(1, 100);
        List<Question> questions = byAbility(haystack).getOrDefault("multi-session", List.of());
        assertFalse(questions.isEmpty());
        for (Question question : questions) {
            assertEquals(2, question.evidence().size());
            assertNotEquals((question.evidence().getFirst() - 1) / 26, (question.evidence().getLast() - 1) / 26);
        }
    }

    @Test
    void anUnanswerableQuestionIsAboutAMentionedPerson() {
        Haystack haystack = GeneratedHaystack.of(1, 1_000);
        Set<String> texts = turns(haystack).stream().map(Turn::text).collect(Collectors.toSet());
        for (Question question : byAbility(haystack).getOrDefault(GeneratedHaystack.ABSTENTION, List.of())) {
            String person = person(question.text());
            assertEquals(List.of(), question.evidence());
            assertEquals(1, texts.stream().filter(text -> text.contains(person)).count(), question.text());
        }
    }

    @Test
    void eachPersonIsInOneQuestionOnly() {
        Set<String> persons = new HashSet<>();
        for (Question question : GeneratedHaystack.of(1, 100_000).questions()) {
            if (!question.category().equals("multi-session")) {
                assertTrue(persons.add(person(question.text())), question.text());
            }
        }
        assertEquals(400, persons.size());
    }

    @Test
    void otherPersonsAreDistractors() {
        long others = turns(GeneratedHaystack.of(1, 1_000)).stream().map(Turn::text)
                .filter(text -> text.matches(".*\\b(Adler|Berg|Clarke|Diaz|Egger|Fischer|Gruber|Holm|Ito)\\b.*"))
                .count();

        assertTrue(others > 10, others + " turns");
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 1_000_001})
    void rejectsSizesOutOfRange(int turns) {
        assertThrows(CorpusException.class, () -> GeneratedHaystack.of(1, turns));
    }
}
