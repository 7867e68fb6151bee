package dev.memfuse.engine.words;

/// A word of a question, stemmed.
///
/// @param exact its term
/// @param plain its term without accents; equal to `exact` for a word without accents
public record Word(String exact, String plain) {

    /// Returns whether the word has accents.
    public boolean isAccented() {
        return !exact.equals(plain);
    }

    /// Returns the term of the words that are weaker matches: those that equal this one without accents, and, in
    /// scripts without blanks, those that begin or end with it.
    public String weak() {
        return WeakForms.MARK + plain;
    }
}
