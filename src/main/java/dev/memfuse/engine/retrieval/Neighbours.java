package dev.memfuse.engine.retrieval;

/// Adjacent entries within a session, by ordinal.
interface Neighbours {
    /// Returns the previous entry of the session, or [EntryTable#NONE].
    int previous(int ordinal);

    /// Returns the next entry of the session, or [EntryTable#NONE].
    int next(int ordinal);

    /// Returns the number of the session of an entry. Numbers start at 0 and have no large gaps.
    int session(int ordinal);

    /// Returns whether the text of an entry ends with a question.
    boolean isQuestion(int ordinal);
}
