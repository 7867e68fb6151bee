package dev.memfuse.engine.memory.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.load.labelled.LabelledDialogue;
import dev.memfuse.load.labelled.LabelledFact;
import dev.memfuse.load.labelled.LabelledSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The goals of the rules on the labelled dialogues, without a database: the command `layers` measures the rest.
class LabelledFactsTest {
    private static final StatementReader READER = new StatementReader(new EnglishText());

    @ParameterizedTest
    @ValueSource(strings = {"labelled:develop", "labelled:judge"})
    void factsAreRightAndFound(String part) {
        List<String> made = new ArrayList<>();
        List<String> unlabelled = new ArrayList<>();
        int demanded = 0;
        int found = 0;
        for (LabelledDialogue dialogue : LabelledSet.of(part).dialogues()) {
            for (int turn = 1; turn <= dialogue.turns().size(); turn++) {
                int number = turn;
                LabelledDialogue.Turn said = dialogue.turns().get(turn - 1);
                List<Statement> statements = READER.read(said.text(), said.time(), said.author());
                List<LabelledFact> labels = dialogue.facts().stream()
                        .filter(fact -> fact.turn() == number || fact.repeated().contains(number)).toList();
                for (Statement statement : statements) {
                    made.add(statement.content());
                    if (labels.stream().noneMatch(label -> states(statement, label))) {
                        unlabelled.add(statement.content());
                    }
                }
                for (LabelledFact label : labels) {
                    demanded += label.optional() ? 0 : 1;
                    found += !label.optional() && statements.stream().anyMatch(one -> states(one, label)) ? 1 : 0;
                }
            }
        }
        String figures = String.format(Locale.ROOT, "%d of %d labels found; %d of %d facts without label: %s", found,
                demanded, unlabelled.size(), made.size(), unlabelled);
        assertTrue(unlabelled.size() <= 0.1 * made.size(), figures);
        assertTrue(found >= 0.6 * demanded, figures);
    }

    private static boolean states(Statement statement, LabelledFact label) {
        return statement.claim().filter(claim -> claim.subject().equals(label.subject())
                && claim.negated() == label.negated()).isPresent();
    }
}
