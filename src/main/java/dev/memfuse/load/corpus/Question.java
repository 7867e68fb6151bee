package dev.memfuse.load.corpus;

import java.util.List;

/// A question about a conversation.
///
/// @param askableFrom turns of the conversation after which the answer was said, from 1
/// @param category kind of the question within its data set; empty when it has none
/// @param evidence the turns that hold the answer, from 1, ascending; empty when there are none or none is known
/// @param unresolved turns named as evidence that the conversation does not have
public record Question(String text, int askableFrom, String category, List<Integer> evidence, int unresolved) {
    public Question {
        evidence = List.copyOf(evidence);
    }

    /// A question whose answer was said with one turn.
    Question(String text, int askableFrom) {
        this(text, askableFrom, "", List.of(askableFrom), 0);
    }
}
