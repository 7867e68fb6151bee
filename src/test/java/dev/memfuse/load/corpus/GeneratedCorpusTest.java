package dev.memfuse.load.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import dev.memfuse.engine.Role;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import org.junit.jupiter.api.Test;

final class GeneratedCorpusTest {
    @Test
    void isDeterministic() {
        assertEquals(GeneratedCorpus.of(3, 5), GeneratedCorpus.of(3, 5));
        assertNotEquals(GeneratedCorpus.of(3, 5).conversations(), GeneratedCorpus.of(4, 5).conversations());
    }

    @Test
    void asksForAFactAfterItsStatement() {
        Conversation conversation = GeneratedCorpus.of(3, 1).of(0);
        List<Turn> turns = conversation.sessions().stream().flatMap(session -> session.turns().stream()).toList();
        Question cat = conversation.questions().stream()
                .filter(question -> question.text().equals("What is my cat called?")).findFirst().orElseThrow();

        Turn statement = turns.get(cat.askableFrom() - 1);

        assertEquals(Role.USER, statement.role());
        assertTrue(statement.text().startsWith("We adopted a cat and the children named it "), statement.text());
        assertEquals(16, conversation.questions().size());
    }

    @Test
    void ordersQuestionsAndTurnsByTime() {
        Conversation conversation = GeneratedCorpus.of(3, 1).of(0);
        List<Turn> turns = conversation.sessions().stream().flatMap(session -> session.turns().stream()).toList();

        assertEquals(conversation.questions().stream().map(Question::askableFrom).sorted().toList(),
                conversation.questions().stream().map(Question::askableFrom).toList());
        assertEquals(turns.stream().map(Turn::at).sorted().toList(), turns.stream().map(Turn::at).toList());
    }

    @Test
    void sharesConversationsAmongManyUsers() {
        Corpus corpus = GeneratedCorpus.of(1, 200);

        assertEquals(50, corpus.conversations().size());
        assertEquals(corpus.of(1), corpus.of(51));
    }
}
