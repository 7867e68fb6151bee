package dev.memfuse.engine;

/// What a statement says of one thing that can only be one way at a time: the residence of the speaker is Lisbon. Two
/// claims of equal subject and attribute with another value, or with another negation, contradict each other.
///
/// @param subject who or what, in lower case; `user` and `assistant` for the speaker
/// @param attribute which of its properties, in lower case, for instance `residence`
/// @param value in lower case
/// @param negated whether the statement denies the value
public record Claim(String subject, String attribute, String value, boolean negated) {

    /// Whether both speak of the same property of the same thing.
    public boolean isAbout(Claim other) {
        return subject.equals(other.subject) && attribute.equals(other.attribute);
    }

    /// Whether both cannot hold at the same time.
    public boolean contradicts(Claim other) {
        if (!isAbout(other)) {
            return false;
        }
        boolean sameValue = value.equals(other.value);
        return negated == other.negated ? !sameValue && !negated : sameValue;
    }
}
