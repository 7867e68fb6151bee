package dev.memfuse.load.labelled;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Checks that the labels of a dialogue fit together.
final class LabelCheck {
    private static final Set<String> ROLES = Set.of("user", "assistant");

    private LabelCheck() {}

    /// Returns the first problem as a clause; empty when there is none.
    ///
    /// @throws java.time.DateTimeException when a time is none
    static Optional<String> problem(LabelledDialogue dialogue) {
        if (dialogue.id() == null || dialogue.id().isBlank()) {
            return Optional.of("\"id\" is missing");
        }
        if (dialogue.language() == null || dialogue.category() == null) {
            return Optional.of("\"language\" or \"category\" is missing");
        }
        if (dialogue.turns().isEmpty()) {
            return Optional.of("there are no turns");
        }
        for (LabelledDialogue.Turn turn : dialogue.turns()) {
            if (turn.at() == null || turn.text() == null || turn.text().isEmpty() || !ROLES.contains(turn.role())) {
                return Optional.of("a turn needs \"at\", \"text\", and a \"role\" of user or assistant");
            }
            turn.time();
        }
        return Stream.concat(
                dialogue.facts().stream().flatMap(fact -> problem(fact, dialogue).stream()),
                numbers("untrue", dialogue.untrue(), dialogue.turns().size()).stream()).findFirst();
    }

    private static Optional<String> problem(LabelledFact fact, LabelledDialogue dialogue) {
        if (fact.subject() == null || fact.attribute() == null || fact.value() == null || fact.value().isBlank()) {
            return Optional.of("a fact needs \"subject\", \"attribute\" and \"value\"");
        }
        fact.period();
        return Stream.of(numbers("turn", List.of(fact.turn()), dialogue.turns().size()),
                numbers("repeated", fact.repeated(), dialogue.turns().size()),
                numbers("supersedes", fact.supersedes(), dialogue.facts().size())).flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> numbers(String name, List<Integer> numbers, int most) {
        return numbers.stream().filter(number -> number < 1 || number > most).findFirst()
                .map(number -> String.format(Locale.ROOT, "\"%s\" is %d, outside 1..%d", name, number, most));
    }
}
