package dev.memfuse.load.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/// A question with its statements, before they are planted in a haystack.
///
/// @param statements in chronological order, one or two; two of them are planted far apart
/// @param evidence indices of the statements that hold the answer, from 0
record PlantedQuestion(String category, String text, List<String> statements, List<Integer> evidence) {
    private static final List<String> EVENTS = List.of("passed the driving test", "ran the half marathon",
            "opened the bakery", "sold the boat", "finished the quilt", "planted the walnut tree");
    private static final List<String> EVENT_QUESTIONS = List.of("pass the driving test", "run the half marathon",
            "open the bakery", "sell the boat", "finish the quilt", "plant the walnut tree");
    private static final List<String> MONTHS = List.of("January", "March", "April", "June", "August", "October");

    /// Returns one question for each ability of LongMemEval (Wu et al. 2024).
    static List<PlantedQuestion> block(Persons persons, Random random) {
        return List.of(extraction(persons, random), multiSession(persons, random), update(persons, random),
                temporal(persons, random), abstention(persons, random));
    }

    private static PlantedQuestion extraction(Persons persons, Random random) {
        Attribute attribute = pick(Attribute.ALL, random);
        String person = persons.next();
        return new PlantedQuestion("extraction", attribute.question(person, random.nextInt(2)),
                List.of(attribute.statement(person, pick(attribute.values(), random), random.nextInt(2))), List.of(0));
    }

    private static PlantedQuestion multiSession(Persons persons, Random random) {
        Attribute attribute = pick(Attribute.ALL, random);
        String first = persons.next();
        String second = persons.next();
        return new PlantedQuestion("multi-session", String.format(Locale.ROOT, attribute.pairQuestion(), first, second),
                List.of(attribute.statement(first, pick(attribute.values(), random), random.nextInt(2)),
                        attribute.statement(second, pick(attribute.values(), random), random.nextInt(2))),
                List.of(0, 1));
    }

    private static PlantedQuestion update(Persons persons, Random random) {
        Attribute attribute = pick(Attribute.ALL, random);
        String person = persons.next();
        int old = random.nextInt(attribute.values().size());
        String changed = attribute.values().get((old + 1) % attribute.values().size());
        return new PlantedQuestion("update", attribute.question(person, random.nextInt(2)),
                List.of(attribute.statement(person, attribute.values().get(old), random.nextInt(2)),
                        String.format(Locale.ROOT, attribute.update(), person, changed)),
                List.of(1));
    }

    private static PlantedQuestion temporal(Persons persons, Random random) {
        int event = random.nextInt(EVENTS.size());
        String person = persons.next();
        String statement = String.format(Locale.ROOT, "%s %s on the %dth of %s.", person, EVENTS.get(event),
                4 + random.nextInt(16),
                pick(MONTHS, random));
        return new PlantedQuestion("temporal",
                String.format(Locale.ROOT, "When did %s %s?", person, EVENT_QUESTIONS.get(event)),
                List.of(statement), List.of(0));
    }

    /// Returns a question about an attribute that the conversation does not mention, of a person that it mentions.
    private static PlantedQuestion abstention(Persons persons, Random random) {
        int index = random.nextInt(Attribute.ALL.size());
        Attribute stated = Attribute.ALL.get(index);
        Attribute missing = Attribute.ALL.get((index + 1) % Attribute.ALL.size());
        String person = persons.next();
        return new PlantedQuestion(GeneratedHaystack.ABSTENTION, missing.question(person, random.nextInt(2)),
                List.of(stated.statement(person, pick(stated.values(), random), random.nextInt(2))), List.of());
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
