package dev.memfuse.engine.memory.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.memfuse.engine.memory.text.Sentence.Word;

/// Finds the names in a sentence: sequences of proper nouns, except names of days and months.
final class Names {
    private static final int MAX_NAMES = 10;
    private static final Set<String> CALENDAR = Set.of("monday", "tuesday", "wednesday", "thursday", "friday",
            "saturday",
            "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december", "mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun",
            "jan", "feb", "mar", "apr", "aug", "sept", "oct", "nov", "dec");

    private Names() {}

    /// Returns the names in a sentence, in order.
    static List<String> in(Sentence sentence) {
        Set<String> names = new LinkedHashSet<>();
        List<String> run = new ArrayList<>();
        for (Word word : sentence.words()) {
            if (word.is("PROPN") && !CALENDAR.contains(word.text().toLowerCase(Locale.ROOT))) {
                run.add(word.text());
            } else {
                close(run, names);
            }
        }
        close(run, names);
        return names.stream().limit(MAX_NAMES).toList();
    }

    private static void close(List<String> run, Set<String> names) {
        if (!run.isEmpty() && run.stream().anyMatch(part -> Character.isLetter(part.charAt(0)))) {
            names.add(String.join(" ", run));
        }
        run.clear();
    }
}
