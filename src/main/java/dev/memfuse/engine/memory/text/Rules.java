package dev.memfuse.engine.memory.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.engine.memory.text.Rule.Reading;
import dev.memfuse.engine.memory.time.TimeRules;

/// The rules of one language: which words begin a statement, which take its reality away, and which claims it makes.
/// Immutable. The format is described in `english.rules`.
///
/// @param opening words at the start of a sentence that say nothing
/// @param frame words at the start of a clause that leave it a statement
/// @param doubt words at the start of a clause that make it uncertain
/// @param unreal words with which a clause asserts nothing
/// @param ironic words with which a sentence means something else
/// @param reported words with which a clause and those after it report what somebody else says
/// @param retraction sentence that takes back the one before it
/// @param replacement sentence that gives another value of the fact before it
/// @param marker frequent words of the language
/// @param split words between two clauses of a sentence
/// @param elisions beginnings of sentences that lack their subject
/// @param times times that clauses name
/// @param rules in order of precedence
record Rules(Pattern opening, Pattern frame, Pattern doubt, Pattern unreal, Pattern ironic, Pattern reported,
        Pattern retraction,
        Pattern replacement, Pattern marker, Pattern split, List<Elision> elisions,
        TimeRules times, List<Rule> rules) {

    Rules {
        elisions = List.copyOf(elisions);
        rules = List.copyOf(rules);
    }

    /// Returns a sentence with the subject that it lacks.
    String completed(String sentence) {
        return elisions.stream().flatMap(elision -> elision.completed(sentence).stream()).findFirst().orElse(sentence);
    }

    /// Returns the end of words that a text has at a place; the place when it has none.
    static int skip(Pattern words, String text, int from) {
        Matcher found = words.matcher(text).region(from, text.length()).useTransparentBounds(true)
                .useAnchoringBounds(false);
        return found.lookingAt() ? found.end() : from;
    }

    /// Returns the reading of a clause; empty when no rule understands it.
    ///
    /// @param from where the clause begins, behind frames
    /// @param speaker subject for the first person
    Optional<Reading> read(String clause, int from, String speaker) {
        boolean capitals = Rule.hasCapitals(clause);
        for (Rule rule : rules) {
            Optional<Reading> reading = rule.read(clause, from, speaker, capitals);
            if (reading.isPresent()) {
                return reading;
            }
        }
        return Optional.empty();
    }
}
