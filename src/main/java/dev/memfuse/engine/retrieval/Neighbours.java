package dev.memfuse.engine.retrieval;

/// What was said around an entry, by place.
interface Neighbours {
    /// The place before one in its session, or [EntryTable#NONE].
    int previous(int place);

    /// The place after one in its session, or [EntryTable#NONE].
    int next(int place);

    /// The number of the session of a place, from 0, without large gaps.
    int session(int place);

    /// Whether the text at a place ends with a question.
    boolean asks(int place);
}
