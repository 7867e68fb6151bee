package dev.memfuse.engine.memory.time;

/// Which occurrence of a time the words beside it mean.
enum Direction {
    /// None is said: the tense decides.
    OPEN,
    /// The last one that is over.
    LAST,
    /// The first one that has not begun.
    NEXT,
    /// The one before the last: "the weekend before last".
    PENULTIMATE,
    /// The one after the next: "the Friday after next".
    FOLLOWING,
    /// The one now, or the nearest in the direction of the tense: "this summer".
    CURRENT,
    /// The last one that has begun: "since June".
    SINCE,
    /// The first one that is not over: "until June".
    UNTIL
}
