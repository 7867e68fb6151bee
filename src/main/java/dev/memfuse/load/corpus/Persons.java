package dev.memfuse.load.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/// The persons in a haystack: each question is about persons that no other question is about; the other persons are
/// distractors. Both groups share first names, but no full name.
final class Persons {
    private static final List<String> FIRST_NAMES = List.of("Ada", "Ben", "Carla", "David", "Edith", "Felix", "Greta",
            "Henry",
            "Ines", "Jonas", "Karin", "Leo", "Mara", "Niels", "Olga", "Paul", "Rita", "Simon", "Tessa", "Ulrich",
            "Vera",
            "Walter", "Xenia", "Yves", "Zoe", "Anton", "Bruno", "Cecilia");
    private static final List<String> QUESTION_NAMES = List.of("Keller", "Moreau", "Lindholm", "Okafor", "Petrov",
            "Sato",
            "Bianchi", "Novak", "Jensen", "Murphy", "Costa", "Vogel", "Haas", "Silva", "Dubois", "Ivanova", "Kowalski",
            "Nielsen", "Rossi", "Schmid", "Tanaka", "Weber", "Young", "Zimmer", "Abel", "Brandt");
    private static final List<String> OTHER_NAMES = List.of("Adler", "Berg", "Clarke", "Diaz", "Egger", "Fischer",
            "Gruber",
            "Holm", "Ito", "Jung", "Kraus", "Lang");

    private final Iterator<String> unused;

    Persons(Random random) {
        List<String> names = new ArrayList<>();
        for (String first : FIRST_NAMES) {
            QUESTION_NAMES.forEach(last -> names.add(first + " " + last));
        }
        Collections.shuffle(names, random);
        unused = names.iterator();
    }

    /// Returns a person that no other question is about.
    String next() {
        return unused.next();
    }

    /// Returns a random person that no question is about.
    static String other(Random random) {
        return FIRST_NAMES.get(random.nextInt(FIRST_NAMES.size())) + " "
                + OTHER_NAMES.get(random.nextInt(OTHER_NAMES.size()));
    }
}
