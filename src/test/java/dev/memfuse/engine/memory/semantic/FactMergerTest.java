package dev.memfuse.engine.memory.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.FactChanges.Conflict;
import org.junit.jupiter.api.Test;

/// The merge rules with chosen vectors, without a model.
class FactMergerTest {
    private static final Instant DAY = Instant.parse("2024-05-15T08:00:00Z");
    private static final SessionKey SESSION = new SessionKey(UUID.randomUUID(), UUID.randomUUID());
    private static final float[] NORTH = {1, 0};
    private static final float[] NEARLY_NORTH = {0.96f, 0.28f};
    private static final float[] NORTH_EAST = {0.8f, 0.6f};
    private static final float[] EAST = {0, 1};

    private final List<String> judged = new ArrayList<>();

    private static Fact fact(String content, float[] vector, int day, String... claim) {
        Optional<Claim> optionalClaim = claim.length == 0
                ? Optional.empty()
                : Optional.of(new Claim(claim[0], claim[1], claim[2], false));
        return new Fact(UUID.randomUUID(), SESSION, UUID.randomUUID(), List.of(UUID.randomUUID()), content, "personal",
                0.8, List.of(), optionalClaim, FactTime.of(DAY.plus(Duration.ofDays(day)), Optional.empty()),
                List.of(), vector, "model");
    }

    private FactChanges merge(List<Fact> known, Fact... fresh) {
        ConflictJudge words = new WordJudge();
        ConflictJudge judge = (one, candidate) -> {
            judged.add(candidate.content());
            return words.judge(one, candidate);
        };
        return new FactMerger(new FactIndex(known), 0.85, judge).merge(7, Arrays.asList(fresh));
    }

    @Test
    void aSimilarVectorIsTheSameFactUnlessTheWordsDiffer() {
        Fact known = fact("I swim a lot", NORTH, 0);
        Fact repeated = fact("I swim very much", NEARLY_NORTH, 1);

        FactChanges same = merge(List.of(known), repeated);
        assertEquals(List.of(), same.added());
        assertEquals(known.id(), same.merged().getFirst().factId());
        assertEquals(0.96, same.merged().getFirst().confidence(), 1e-9);

        FactChanges negated = merge(List.of(known), fact("I never swim", NEARLY_NORTH, 1));
        assertEquals(1, negated.added().size());
        assertEquals(List.of(), negated.merged());
    }

    /// Written with composed and with combining characters, in full width and in another case.
    @Test
    void wordsThatLookAlikeAreTheSameWords() {
        assertTrue(Evidence.sameWords(fact("I met José at ABC", NORTH, 0),
                fact("i met JOSE\u0301 at ＡＢＣ", EAST, 1)));
        assertTrue(Evidence.sameWords(fact("हिन्दी", NORTH, 0), fact("हिन्दी!", EAST, 1)));
        assertFalse(Evidence.sameWords(fact("हिन्दी", NORTH, 0), fact("हन्द", EAST, 1)));
    }

    @Test
    void onlySimilarFactsAreJudged() {
        merge(List.of(fact("near", NEARLY_NORTH, 0), fact("less near", NORTH_EAST, 0), fact("far", EAST, 0)),
                fact("not new", NORTH, 1));

        assertEquals(List.of("near"), judged);
    }

    @Test
    void factsAboutOnePropertyAreJudgedWhateverTheirWords() {
        Fact known = fact("I live in Lisbon", NORTH, 0, "user", "residence", "lisbon");
        Fact fresh = fact("I moved to Berlin", EAST, 1, "user", "residence", "berlin");

        FactChanges changes = merge(List.of(known), fresh);

        assertEquals(new FactChanges.Supersession(known.id(), fresh.id(), DAY.plus(Duration.ofDays(1))),
                changes.superseded().getFirst());
        assertEquals(7, changes.revision());
    }

    @Test
    void theLaterOfTwoFactsInARoundIsCurrent() {
        Fact first = fact("I live in Lisbon", NORTH, 0, "user", "residence", "lisbon");
        Fact second = fact("I moved to Berlin", EAST, 1, "user", "residence", "berlin");

        FactChanges changes = merge(List.of(), first, second);

        assertEquals(List.of(), changes.superseded());
        assertEquals(List.of(Optional.of(second.id()), Optional.empty()),
                changes.added().stream().map(fact -> fact.time().supersededBy()).toList());
    }

    @Test
    void aLateStatementIsSupersededFromTheStart() {
        Fact known = fact("I live in Berlin", NORTH, 9, "user", "residence", "berlin");

        FactChanges changes = merge(List.of(known), fact("I live in Lisbon", EAST, 0, "user", "residence", "lisbon"));

        assertEquals(List.of(), changes.superseded());
        assertEquals(Optional.of(known.id()), changes.added().getFirst().time().supersededBy());
    }

    @Test
    void aRepeatedMessageChangesNothing() {
        Fact known = fact("I swim a lot", NORTH, 0);
        Fact repeated = new Fact(UUID.randomUUID(), SESSION, known.roundId(), known.messageIds(), known.content(),
                "personal", 0.8, List.of(), Optional.empty(), known.time(), List.of(), NORTH, "model");

        FactChanges changes = merge(List.of(known), repeated);

        assertTrue(changes.added().isEmpty() && changes.merged().isEmpty() && changes.superseded().isEmpty());
    }

    @Test
    void anotherNumberContradictsUnlessBothAreEvents() {
        Fact known = fact("The flat costs 900 euros", NORTH, 0);
        assertEquals(1, merge(List.of(known), fact("The flat costs 950 euros", NEARLY_NORTH, 1)).superseded().size());

        Fact monday = known.at(FactTime.of(DAY, Optional.of(DAY.minusSeconds(10))));
        Fact tuesday = fact("The flat costs 950 euros", NEARLY_NORTH, 1)
                .at(FactTime.of(DAY.plusSeconds(60), Optional.of(DAY)));
        assertEquals(List.of(), merge(List.of(monday), tuesday).superseded());
    }

    @Test
    void vectorsOfTwoModelsAreNotCompared() {
        Fact known = fact("near", NORTH, 0);
        Fact other = new Fact(UUID.randomUUID(), SESSION, known.roundId(), known.messageIds(), "elsewhere", "personal",
                0.8, List.of(), Optional.empty(), known.time(), List.of(), NORTH,
                "another model");

        merge(List.of(known), other);

        assertEquals(List.of(), judged);
    }

    /// Two people can have one name, and a second sister one attribute: without words of a change both facts stay.
    @Test
    void aThirdPersonsFactIsReplacedOnlyByWordsOfAChange() {
        Fact known = fact("Anna lives in Porto", NORTH, 0, "anna", "residence", "porto");

        FactChanges doubtful = merge(List.of(known),
                fact("Anna lives in Dublin", EAST, 1, "anna", "residence", "dublin"));
        assertEquals(List.of(), doubtful.superseded());
        assertEquals(List.of(new Conflict(doubtful.added().getFirst().id(), known.id())), doubtful.conflicts());
        assertEquals(1, merge(List.of(known), fact("Anna moved to Dublin", EAST, 1, "anna", "residence", "dublin"))
                .superseded().size());
    }

    @Test
    void anotherOccupationOfASpeakerReplacesOnlyByWordsOfAChange() {
        Fact known = fact("I'm a gardener", NORTH, 0, "user", "occupation", "gardener");

        assertEquals(List.of(), merge(List.of(known), fact("I'm a student", EAST, 1, "user", "occupation", "student"))
                .superseded());
        assertEquals(1, merge(List.of(known), fact("I became a teacher", EAST, 1, "user", "occupation", "teacher"))
                .superseded().size());
    }

    @Test
    void equalClaimsAreOneFactWhateverTheWordsAndVectors() {
        Fact known = fact("I'm a vegetarian", NORTH, 0, "user", "diet", "vegetarian");

        FactChanges changes = merge(List.of(known), fact("I am vegetarian", EAST, 1, "user", "diet", "vegetarian"));

        assertEquals(List.of(), changes.added());
        assertEquals(known.id(), changes.merged().getFirst().factId());
    }

    @Test
    void aReplacedFactIsNotMarked() {
        Fact known = fact("I live in Oslo", NORTH, 0, "user", "residence", "oslo");

        FactChanges changes = merge(List.of(known), fact("I moved to Bergen", EAST, 1, "user", "residence", "bergen"));

        assertEquals(List.of(), changes.conflicts());
        assertEquals(1, changes.superseded().size());
    }

    @Test
    void twoDoubtfulFactsOfOneRoundAreMarked() {
        Fact first = fact("I'm a gardener", NORTH, 0, "user", "occupation", "gardener");
        Fact second = fact("I'm a student", EAST, 0, "user", "occupation", "student");

        assertEquals(List.of(new Conflict(second.id(), first.id())), merge(List.of(), first, second).conflicts());
    }

    /// The first appointment had passed when the second one was mentioned.
    @Test
    void appointmentsAreInConflictOnlyWhileBothLieAhead() {
        Fact known = appointment("on Monday", 0, 3);

        assertEquals(1, merge(List.of(known), appointment("on Friday", 1, 7)).conflicts().size());
        assertEquals(List.of(), merge(List.of(known), appointment("on Friday", 5, 7)).conflicts());
    }

    private static Fact appointment(String value, int said, int day) {
        Fact fact = fact("My exam is " + value, NORTH, said, "user", "exam", value);
        FactTime time = FactTime.of(DAY.plus(Duration.ofDays(said)), Optional.of(DAY.plus(Duration.ofDays(day))));
        return new Fact(fact.id(), fact.session(), fact.roundId(), fact.messageIds(), fact.content(), "temporal", 0.8,
                List.of(), fact.claim(), time, List.of(), said == 0 ? NORTH : EAST, "model");
    }

    @Test
    void theMarksOfAFactAreBounded() {
        List<Fact> known = IntStream.range(0, 50)
                .mapToObj(i -> fact("Anna lives in Town " + i, NORTH, i, "anna", "residence", "town " + i)).toList();

        List<Conflict> conflicts = merge(known, fact("Anna lives in Dublin", EAST, 99, "anna", "residence", "dublin"))
                .conflicts();

        assertEquals(known.subList(30, 50).stream().map(Fact::id).toList(),
                conflicts.stream().map(Conflict::otherId).toList());
    }

    /// Said on the first day, with a change that lies before it.
    @Test
    void aFactDoesNotEndBeforeItWasSaid() {
        Fact known = fact("I live in Oslo", NORTH, 0, "user", "residence", "oslo");
        Fact moved = fact("I moved to Bergen", EAST, 1, "user", "residence", "bergen")
                .at(FactTime.of(DAY.plus(Duration.ofDays(1)), Optional.of(DAY.minus(Duration.ofDays(30)))));

        assertEquals(DAY, merge(List.of(known), moved).superseded().getFirst().from());
    }
}
