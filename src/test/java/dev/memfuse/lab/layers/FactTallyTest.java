package dev.memfuse.lab.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.load.labelled.LabelledDialogue;
import dev.memfuse.load.labelled.LabelledDialogue.Turn;
import dev.memfuse.load.labelled.LabelledFact;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactTallyTest {
    private static final Instant SAID = Instant.parse("2024-05-15T09:00:00Z");
    private static final SessionKey SESSION = new SessionKey(UUID.randomUUID(), UUID.randomUUID());

    private static LabelledFact label(int turn, String value, List<Integer> supersedes, List<Integer> repeated,
            @Nullable String time) {
        return new LabelledFact(turn, "user", "residence", value, false, time, supersedes, repeated, false);
    }

    private static LabelledDialogue dialogue(LabelledFact... labels) {
        Turn turn = new Turn("2024-05-15", "user", "text");
        return new LabelledDialogue("id", "en", "move", List.of(turn, turn, turn), List.of(labels), List.of(3));
    }

    private static MadeFact made(List<Integer> turns, String value, FactTime time) {
        return new MadeFact(new Fact(UUID.randomUUID(), SESSION, UUID.randomUUID(), List.of(UUID.randomUUID()),
                "I live in " + value, "personal", 0.8, List.of(),
                Optional.of(new Claim("user", "residence", value, false)), time, List.of(), new float[0], "model"),
                turns);
    }

    private static FactTime time() {
        return FactTime.of(SAID, Optional.empty());
    }

    private static FactScores scores(LabelledDialogue dialogue, MadeFact... made) {
        FactTally tally = new FactTally();
        tally.add(dialogue, List.of(made));
        return tally.scores();
    }

    @Test
    void countsRightUselessAndWrongFacts() {
        FactScores scores = scores(dialogue(label(1, "oslo", List.of(), List.of(), null)),
                made(List.of(1), "oslo", time()), made(List.of(2), "rome", time()), made(List.of(3), "paris", time()));

        assertEquals(Share.of(1, 3), scores.precision());
        assertEquals(Share.of(1, 3), scores.useless());
        assertEquals(Share.of(1, 3), scores.wrong());
        assertEquals(Share.of(1, 1), scores.recall());
    }

    @Test
    void aFactWithAnotherSubjectPolarityOrNumberIsNotTheLabelledOne() {
        LabelledDialogue dialogue = dialogue(new LabelledFact(1, "anna", "height", "1.80", false, null, List.of(),
                List.of(), false));
        Fact fact = made(List.of(1), "x", time()).fact();

        for (Claim claim : List.of(new Claim("user", "height", "1.80 m", false),
                new Claim("anna", "height", "1.80 m", true), new Claim("anna", "height", "1", false))) {
            Fact other = new Fact(fact.id(), SESSION, fact.roundId(), fact.messageIds(), "1.80 m", "personal", 1,
                    List.of(), Optional.of(claim), time(), List.of(), new float[0], "model");
            assertEquals(Share.of(0, 1), scores(dialogue, new MadeFact(other, List.of(1))).precision());
        }
    }

    @Test
    void countsSupersessionsAndTheirEnds() {
        MadeFact newer = made(List.of(2), "bergen", time());
        Instant early = SAID.minusSeconds(60);
        MadeFact older = made(List.of(1), "oslo", time().supersededBy(newer.id(), early));
        LabelledFact first = label(1, "oslo", List.of(), List.of(), null);

        FactScores right = scores(dialogue(first, label(2, "bergen", List.of(1), List.of(), null)), older, newer);
        FactScores wrong = scores(dialogue(first, label(2, "bergen", List.of(), List.of(), null)), older, newer);

        assertEquals(Share.of(1, 1), right.supersessionPrecision());
        assertEquals(Share.of(1, 1), right.supersessionRecall());
        assertEquals(Share.of(0, 1), wrong.supersessionPrecision());
        assertEquals(1, right.endsBeforeStatement());
    }

    @Test
    void countsMarkedConflicts() {
        MadeFact newer = made(List.of(2), "bergen", time());
        MadeFact older = made(List.of(1), "oslo", time());
        MadeFact olderMarked = marked(older, newer);
        LabelledDialogue dialogue = dialogue(label(1, "oslo", List.of(), List.of(), null),
                label(2, "bergen", List.of(1), List.of(), null));

        FactScores apart = scores(dialogue, older, newer);
        FactScores marked = scores(dialogue, olderMarked, marked(newer, olderMarked));

        assertEquals(0, apart.conflicts());
        assertEquals(Share.of(0, 1), apart.supersededOrMarked());
        assertEquals(1, marked.conflicts());
        assertEquals(Share.of(1, 1), marked.supersededOrMarked());
        assertEquals(Share.of(0, 1), marked.supersessionRecall());
    }

    private static MadeFact marked(MadeFact fact, MadeFact other) {
        return new MadeFact(fact.fact().inConflictWith(List.of(other.id())), fact.turns());
    }

    @Test
    void countsMergedRepetitions() {
        LabelledDialogue dialogue = dialogue(label(1, "oslo", List.of(), List.of(2), null));

        assertEquals(Share.of(1, 1), scores(dialogue, made(List.of(1, 2), "oslo", time())).merged());
        FactScores apart = scores(dialogue, made(List.of(1), "oslo", time()), made(List.of(2), "oslo", time()));
        assertEquals(Share.of(0, 1), apart.merged());
        assertEquals(Share.of(2, 2), apart.precision());
        assertEquals(Share.of(0, 1), scores(dialogue, made(List.of(1, 3), "oslo", time())).mergePrecision());
    }

    @Test
    void comparesTimes() {
        LabelledDialogue dialogue = dialogue(label(1, "oslo", List.of(), List.of(), "2024-04"));
        FactTime april = FactTime.of(SAID, Optional.of(Instant.parse("2024-04-01T00:00:00Z")));
        FactTime june = FactTime.of(SAID, Optional.of(Instant.parse("2024-06-02T00:00:00Z")));

        assertEquals(Share.of(1, 1), scores(dialogue, made(List.of(1), "oslo", april)).timesRight());
        assertEquals(Share.of(0, 1), scores(dialogue, made(List.of(1), "oslo", time())).timesRight());
        FactScores late = scores(dialogue, made(List.of(1), "oslo", june));
        assertEquals(Share.of(0, 1), late.timesRight());
        assertEquals(33, late.timeErrorDays());
    }
}
