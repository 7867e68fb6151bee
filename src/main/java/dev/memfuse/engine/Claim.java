package dev.memfuse.engine;

/// A value that a statement asserts for a single-valued attribute, for instance that the residence of the speaker is
/// Lisbon. Claims about the same attribute contradict each other when values or negations differ.
///
/// @param subject person or thing, in lower case; `user` or `assistant` for the speaker
/// @param attribute name of the attribute, in lower case, for instance `residence`
/// @param value in lower case
/// @param negated whether the statement denies the value
public record Claim(String subject, String attribute, String value, boolean negated) {

    /// Returns whether both claims concern the same attribute of the same subject.
    public boolean isAbout(Claim other) {
        return subject.equals(other.subject) && attribute.equals(other.attribute);
    }

    /// Returns whether both claims cannot be true at the same time.
    public boolean contradicts(Claim other) {
        if (!isAbout(other)) {
            return false;
        }
        boolean sameValue = value.equals(other.value);
        return negated == other.negated ? !sameValue && !negated : sameValue;
    }
}
