package dev.memfuse.load.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/// The persons a haystack is about: some are asked for, each in one question; the others only stand in the way. They
/// share first names and never a whole name.
final class Persons {
    private static final List<String> FIRST = List.of("Ada", "Ben", "Carla", "David", "Edith", "Felix", "Greta",
            "Henry",
            "Ines", "Jonas", "Karin", "Leo", "Mara", "Niels", "Olga", "Paul", "Rita", "Simon", "Tessa", "Ulrich",
            "Vera",
            "Walter", "Xenia", "Yves", "Zoe", "Anton", "Bruno", "Cecilia");
    private static final List<String> ASKED = List.of("Keller", "Moreau", "Lindholm", "Okafor", "Petrov", "Sato",
            "Bianchi", "Novak", "Jensen", "Murphy", "Costa", "Vogel", "Haas", "Silva", "Dubois", "Ivanova", "Kowalski",
            "Nielsen", "Rossi", "Schmid", "Tanaka", "Weber", "Young", "Zimmer", "Abel", "Brandt");
    private static final List<String> OTHERS = List.of("Adler", "Berg", "Clarke", "Diaz", "Egger", "Fischer", "Gruber",
            "Holm", "Ito", "Jung", "Kraus", "Lang");

    private final Iterator<String> asked;

    Persons(Random random) {
        List<String> names = new ArrayList<>();
        for (String first : FIRST) {
            ASKED.forEach(last -> names.add(first + " " + last));
        }
        Collections.shuffle(names, random);
        asked = names.iterator();
    }

    /// A person that no other question is about.
    String next() {
        return asked.next();
    }

    /// A person that no question is about.
    static String other(Random random) {
        return FIRST.get(random.nextInt(FIRST.size())) + " " + OTHERS.get(random.nextInt(OTHERS.size()));
    }
}
