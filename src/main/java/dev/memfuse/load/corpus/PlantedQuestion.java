package dev.memfuse.load.corpus;

import java.util.List;
import java.util.Random;

/// A question and what is said in its favour, before it gets its places in the haystack.
///
/// @param said in the order it is said; with two of them, long after each other
/// @param evidence which of them, from 0, hold the answer
record PlantedQuestion(String category, String text, List<String> said, List<Integer> evidence) {
    private static final List<String> EVENTS = List.of("passed the driving test", "ran the half marathon",
            "opened the bakery", "sold the boat", "finished the quilt", "planted the walnut tree");
    private static final List<String> EVENT_QUESTIONS = List.of("pass the driving test", "run the half marathon",
            "open the bakery", "sell the boat", "finish the quilt", "plant the walnut tree");
    private static final List<String> MONTHS = List.of("January", "March", "April", "June", "August", "October");

    /// One question for each of LongMemEval's abilities (Wu et al. 2024).
    static List<PlantedQuestion> block(Persons persons, Random random) {
        return List.of(extraction(persons, random), multiSession(persons, random), update(persons, random),
                temporal(persons, random), abstention(persons, random));
    }

    private static PlantedQuestion extraction(Persons persons, Random random) {
        Attribute attribute = pick(Attribute.ALL, random);
        String person = persons.next();
        return new PlantedQuestion("extraction", attribute.asking(person, random.nextInt(2)),
                List.of(attribute.telling(person, pick(attribute.values(), random), random.nextInt(2))), List.of(0));
    }

    private static PlantedQuestion multiSession(Persons persons, Random random) {
        Attribute attribute = pick(Attribute.ALL, random);
        String first = persons.next();
        String second = persons.next();
        return new PlantedQuestion("multi-session", attribute.pairQuestion().formatted(first, second),
                List.of(attribute.telling(first, pick(attribute.values(), random), random.nextInt(2)),
                        attribute.telling(second, pick(attribute.values(), random), random.nextInt(2))),
                List.of(0, 1));
    }

    private static PlantedQuestion update(Persons persons, Random random) {
        Attribute attribute = pick(Attribute.ALL, random);
        String person = persons.next();
        int old = random.nextInt(attribute.values().size());
        String changed = attribute.values().get((old + 1) % attribute.values().size());
        return new PlantedQuestion("update", attribute.asking(person, random.nextInt(2)),
                List.of(attribute.telling(person, attribute.values().get(old), random.nextInt(2)),
                        attribute.update().formatted(person, changed)),
                List.of(1));
    }

    private static PlantedQuestion temporal(Persons persons, Random random) {
        int event = random.nextInt(EVENTS.size());
        String person = persons.next();
        String told = "%s %s on the %dth of %s.".formatted(person, EVENTS.get(event), 4 + random.nextInt(16),
                pick(MONTHS, random));
        return new PlantedQuestion("temporal", "When did %s %s?".formatted(person, EVENT_QUESTIONS.get(event)),
                List.of(told), List.of(0));
    }

    /// The person is known, what is asked was never said.
    private static PlantedQuestion abstention(Persons persons, Random random) {
        int known = random.nextInt(Attribute.ALL.size());
        Attribute told = Attribute.ALL.get(known);
        Attribute asked = Attribute.ALL.get((known + 1) % Attribute.ALL.size());
        String person = persons.next();
        return new PlantedQuestion(GeneratedHaystack.ABSTENTION, asked.asking(person, random.nextInt(2)),
                List.of(told.telling(person, pick(told.values(), random), random.nextInt(2))), List.of());
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
