package dev.memfuse.load.corpus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import dev.memfuse.engine.Role;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.GeneratedCorpus.Exchange;

/// Generates one long conversation from a seed: facts about persons are planted among small talk and among statements
/// about other persons, and each question names the turns that hold its answer. The same seed and size give the same
/// texts on every machine. Sessions are generated one by one, so memory does not limit the size.
public final class GeneratedHaystack {
    /// Category of the questions without an answer: the conversation mentions the person, but not the attribute.
    public static final String ABSTENTION = "abstention";
    /// Minimum number of turns.
    public static final int MIN_TURNS = 100;
    /// Maximum number of turns.
    public static final int MAX_TURNS = 1_000_000;

    private static final int EXCHANGES_PER_SESSION = 13;
    private static final int MAX_BLOCKS = 100;
    private static final int EXCHANGES_PER_BLOCK = 12;
    /// One of this many exchanges is about another person.
    private static final int OTHER_PERSON_RATIO = 4;
    private static final Instant FIRST_DAY = Instant.parse("2020-01-06T09:00:00Z");
    private static final List<String> REPLIES = List.of("Thank you for telling me.", "I will keep that in mind.",
            "Noted. Is there more about it?", "Good to know.");

    private final long seed;
    private final int exchanges;
    private final Map<Integer, String> planted = new HashMap<>();
    private final List<Question> questions = new ArrayList<>();

    private GeneratedHaystack(long seed, int exchanges) {
        this.seed = seed;
        this.exchanges = exchanges;
    }

    /// Returns the haystack of a seed.
    ///
    /// @param turns number of turns, 100..1,000,000; an odd number is rounded down
    /// @throws CorpusException when the number of turns is out of range
    public static Haystack of(long seed, int turns) {
        if (turns < MIN_TURNS || turns > MAX_TURNS) {
            throw new CorpusException(String.format(Locale.ROOT,
                    "A generated data set has %,d to %,d turns, not %,d.", MIN_TURNS, MAX_TURNS, turns));
        }
        GeneratedHaystack haystack = new GeneratedHaystack(seed, turns / 2);
        haystack.plant(new Random(seed));
        return new Haystack("generated-" + turns, haystack.exchanges * 2L, haystack::sessions, haystack.questions);
    }

    /// Plants the statements of all questions. Two statements of one question get a place in each half of the
    /// conversation, so they are never in one session.
    private void plant(Random random) {
        int middle = exchanges / EXCHANGES_PER_SESSION / 2 * EXCHANGES_PER_SESSION;
        Deque<Integer> early = places(0, middle, random);
        Deque<Integer> late = places(middle, exchanges, random);
        Persons persons = new Persons(random);
        for (int i = Math.clamp(exchanges / EXCHANGES_PER_BLOCK, 1, MAX_BLOCKS); i > 0; i--) {
            for (PlantedQuestion question : PlantedQuestion.block(persons, random)) {
                boolean single = question.statements().size() == 1;
                List<Integer> at = single
                        ? List.of((early.size() > late.size() ? early : late).removeFirst())
                        : List.of(early.removeFirst(), late.removeFirst());
                plant(question, at);
            }
        }
    }

    /// Returns the exchanges of a range without those that open a session, in random order.
    private static Deque<Integer> places(int from, int to, Random random) {
        List<Integer> places = new ArrayList<>(
                IntStream.range(from, to).filter(place -> place % EXCHANGES_PER_SESSION != 0).boxed().toList());
        Collections.shuffle(places, random);
        return new ArrayDeque<>(places);
    }

    private void plant(PlantedQuestion question, List<Integer> at) {
        for (int i = 0; i < at.size(); i++) {
            planted.put(at.get(i), question.statements().get(i));
        }
        List<Integer> evidence = question.evidence().stream().map(at::get).map(GeneratedHaystack::turn).sorted()
                .toList();
        questions.add(new Question(question.text(), turn(at.getLast()), question.category(), evidence, 0));
    }

    /// Returns the position of the user's turn of an exchange, from 1.
    private static int turn(int exchange) {
        return exchange * 2 + 1;
    }

    private Iterator<CorpusSession> sessions() {
        int number = (exchanges + EXCHANGES_PER_SESSION - 1) / EXCHANGES_PER_SESSION;
        return IntStream.range(0, number).mapToObj(this::session).iterator();
    }

    private CorpusSession session(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        Instant start = FIRST_DAY.plus(Duration.ofHours(6L * number));
        int first = number * EXCHANGES_PER_SESSION;
        List<Turn> turns = new ArrayList<>();
        for (int i = first; i < Math.min(first + EXCHANGES_PER_SESSION, exchanges); i++) {
            Exchange exchange = exchange(i, random);
            Instant at = start.plusSeconds(45L * (i - first));
            turns.add(new Turn(Role.USER, exchange.user(), at));
            turns.add(new Turn(Role.ASSISTANT, exchange.assistant(), at.plusSeconds(20)));
        }
        return new CorpusSession("session_" + (number + 1), turns);
    }

    private Exchange exchange(int place, Random random) {
        String fact = planted.get(place);
        String reply = REPLIES.get(random.nextInt(REPLIES.size()));
        if (fact != null) {
            return new Exchange(fact, reply);
        }
        boolean greeting = place % EXCHANGES_PER_SESSION == 0;
        if (!greeting && random.nextInt(OTHER_PERSON_RATIO) == 0) {
            Attribute attribute = Attribute.ALL.get(random.nextInt(Attribute.ALL.size()));
            String value = attribute.values().get(random.nextInt(attribute.values().size()));
            return new Exchange(attribute.statement(Persons.other(random), value, random.nextInt(2)), reply);
        }
        return SmallTalk.exchange(random, greeting);
    }
}
