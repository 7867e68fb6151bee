package dev.memfuse.engine.time;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeMentionTest {
    @ParameterizedTest
    @ValueSource(strings = {"I moved to Rome yesterday.", "We met last Friday.", "It happened two weeks ago.",
            "The last few days were hard.", "She has had the dog for 3 years.", "He was born in 1984.",
            "The fair is on the 7th.", "We leave in May.", "See you next summer!", "I have been ill lately.",
            "It rains every October."})
    void aTextStatesATime(String text) {
        assertTrue(TimeMention.isStatedIn(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"I moved to Rome.", "It may rain.", "They march on.", "That was fun!", "I have two dogs.",
            "The last slice is yours.", "At long last."})
    void aTextStatesNoTime(String text) {
        assertFalse(TimeMention.isStatedIn(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"When did Ada move?", "Which year did Ada move?", "In what month did Ada move?",
            "How long has Ada had the dog?", "How many weeks did the trip take?", "Since when is Ada ill?"})
    void aQuestionAsksForATime(String question) {
        assertTrue(TimeMention.isAskedBy(question));
    }

    @ParameterizedTest
    @ValueSource(strings = {"What did Ada say when she moved?", "Which city is Ada in?", "How many dogs has Ada?"})
    void aQuestionAsksForNoTime(String question) {
        assertFalse(TimeMention.isAskedBy(question));
    }
}
