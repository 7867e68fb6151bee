package dev.memfuse.load.corpus;

import java.util.List;

/// A question about a conversation.
///
/// @param askableFrom number of turns after which the conversation has given the answer, from 1
/// @param category category of the question in the data set; empty when it has none
/// @param evidence positions of the turns that hold the answer, from 1, ascending; empty when there are none or none is
///        known
/// @param unresolved number of turns named as evidence that the conversation does not have
public record Question(String text, int askableFrom, String category, List<Integer> evidence, int unresolved) {
    public Question {
        evidence = List.copyOf(evidence);
    }

    /// A question whose answer is in one turn.
    Question(String text, int askableFrom) {
        this(text, askableFrom, "", List.of(askableFrom), 0);
    }
}
