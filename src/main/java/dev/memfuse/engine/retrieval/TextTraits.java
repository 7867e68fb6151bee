package dev.memfuse.engine.retrieval;

import java.util.Optional;

import dev.memfuse.engine.time.TimeMention;

/// Traits of a text that ranking uses, computed once when it enters an index.
///
/// @param question whether it ends with a question
/// @param time whether it states a time
/// @param speaker its [SpeakerLabel]
record TextTraits(boolean question, boolean time, Optional<String> speaker) {

    static TextTraits of(String text) {
        return new TextTraits(QuestionMark.endsWithQuestion(text), TimeMention.isStatedIn(text),
                SpeakerLabel.of(text));
    }
}
