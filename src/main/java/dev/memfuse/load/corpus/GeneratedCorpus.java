package dev.memfuse.load.corpus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import dev.memfuse.engine.Role;
import dev.memfuse.load.corpus.CorpusSession.Turn;

/// Generates conversations from a seed: a persona states facts about itself among small talk, and questions ask for the
/// facts. The same seed gives the same texts on every machine.
public final class GeneratedCorpus {
    private static final int MAX_CONVERSATIONS = 50;
    private static final int SESSIONS = 8;
    private static final int EXCHANGES_PER_SESSION = 13;
    private static final Instant FIRST_DAY = Instant.parse("2025-01-06T09:00:00Z");

    private final Random random;

    private GeneratedCorpus(Random random) {
        this.random = random;
    }

    /// Returns the corpus of a seed, with one conversation for each user, at most 50.
    public static Corpus of(long seed, int users) {
        List<Conversation> conversations = new ArrayList<>();
        for (int i = 0; i < Math.clamp(users, 1, MAX_CONVERSATIONS); i++) {
            conversations.add(new GeneratedCorpus(new Random(seed * 31 + i)).conversation(i));
        }
        return new Corpus("generated, seed " + seed, conversations);
    }

    private Conversation conversation(int number) {
        List<PersonaFact> facts = PersonaFact.draw(random);
        List<CorpusSession> sessions = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        int position = 0;
        for (int i = 0; i < SESSIONS; i++) {
            List<PersonaFact> stated = facts.subList(i * facts.size() / SESSIONS, (i + 1) * facts.size() / SESSIONS);
            Instant start = FIRST_DAY.plus(Duration.ofDays(number + 7L * i)).plus(Duration.ofMinutes(17L * i));
            List<Turn> turns = session(stated, start, questions, position);
            sessions.add(new CorpusSession("session_" + (i + 1), turns));
            position += turns.size();
        }
        return new Conversation("persona-" + (number + 1), sessions, questions);
    }

    private List<Turn> session(List<PersonaFact> stated, Instant start, List<Question> questions, int position) {
        List<Integer> slots = new ArrayList<>();
        for (int i = 1; i < EXCHANGES_PER_SESSION; i++) {
            slots.add(i);
        }
        Collections.shuffle(slots, random);
        List<Integer> chosen = slots.subList(0, stated.size()).stream().sorted().toList();
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < EXCHANGES_PER_SESSION; i++) {
            int fact = chosen.indexOf(i);
            Exchange exchange = fact >= 0 ? stated.get(fact).exchange() : SmallTalk.exchange(random, i == 0);
            if (fact >= 0) {
                questions.add(new Question(stated.get(fact).question(), position + turns.size() + 1));
            }
            Instant at = start.plusSeconds(45L * i);
            turns.add(new Turn(Role.USER, exchange.user(), at));
            turns.add(new Turn(Role.ASSISTANT, exchange.assistant(), at.plusSeconds(20)));
        }
        return turns;
    }

    /// A message of the user and its answer.
    record Exchange(String user, String assistant) {}
}
