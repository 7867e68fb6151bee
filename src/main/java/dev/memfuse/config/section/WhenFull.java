package dev.memfuse.config.section;

/// Effect of a full work list of extraction on adds (`layers.when_full`).
public enum WhenFull {
    /// An add waits for a place, at most a second.
    SLOW,
    /// An add is refused.
    REFUSE
}
