package dev.memfuse.load.labelled;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// A fact that a dialogue states.
///
/// @param turn number of the turn that states it, from 1
/// @param subject person or thing, in lower case: `user`, `assistant`, `user's sister`, `anna`
/// @param attribute name of the attribute, for the reader; names are not compared
/// @param value words or beginnings of words that the fact must contain
/// @param negated whether the turn denies the value
/// @param time days in which the stated time lies, see [LabelledTime#parse]; null when the turn states none
/// @param supersedes numbers of facts of this dialogue that it replaces, from 1
/// @param repeated numbers of further turns that state the same
/// @param optional whether it is right to make no such fact, for instance of an intention
public record LabelledFact(int turn, String subject, String attribute, String value, boolean negated,
        @Nullable String time, List<Integer> supersedes, List<Integer> repeated, boolean optional) {
    public LabelledFact {
        supersedes = supersedes == null ? List.of() : List.copyOf(supersedes);
        repeated = repeated == null ? List.of() : List.copyOf(repeated);
    }

    /// Returns the days in which the stated time lies; empty when the turn states none.
    public Optional<LabelledTime> period() {
        return Optional.ofNullable(time).map(LabelledTime::parse);
    }
}
