package dev.memfuse.lab.layers;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Fact;
import dev.memfuse.load.labelled.LabelledFact;

/// A fact that the engine made of a dialogue.
///
/// @param turns numbers of its source turns, the main one first
record MadeFact(Fact fact, List<Integer> turns) {

    /// @param numbers turn numbers by message
    static MadeFact of(Fact fact, Map<UUID, Integer> numbers) {
        return new MadeFact(fact, fact.messageIds().stream().map(id -> numbers.getOrDefault(id, 0)).toList());
    }

    int turn() {
        return turns.getFirst();
    }

    UUID id() {
        return fact.id();
    }

    Optional<UUID> supersededBy() {
        return fact.time().supersededBy();
    }

    /// Returns whether it states what a label demands: same turn, words of the value, and, when it has a claim, the
    /// same subject and polarity and all numbers of the value.
    boolean states(LabelledFact label) {
        return (turn() == label.turn() || label.repeated().contains(turn())) && contains(label.value())
                && fact.claim().map(claim -> claim.negated() == label.negated()
                        && claim.subject().toLowerCase(Locale.ROOT).equals(label.subject())).orElse(true);
    }

    /// Returns whether it holds the words of a value. Numbers must be in the claim, when there is one.
    boolean contains(String value) {
        Optional<Claim> claim = fact.claim();
        String asserted = claim.map(one -> one.attribute() + " " + one.value()).orElse(fact.content());
        List<String> numbers = PlainWords.of(asserted);
        List<String> words = PlainWords.of(asserted + " " + fact.content());
        String text = PlainWords.plain(asserted + " " + fact.content());
        return PlainWords.of(value).stream().allMatch(word -> Character.isDigit(word.charAt(0))
                ? numbers.contains(word)
                : PlainWords.isUnspaced(word)
                        ? text.contains(word)
                        : words.stream().anyMatch(other -> other.startsWith(word)));
    }
}
