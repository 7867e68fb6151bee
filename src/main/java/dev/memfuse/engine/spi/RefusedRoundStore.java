package dev.memfuse.engine.spi;

import java.util.Collection;
import java.util.Set;

import dev.memfuse.engine.exception.EngineException;

/// Rounds that became dead letters. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface RefusedRoundStore {

    /// Remembers rounds that became dead letters; deletions of their users leave them. Writes across users.
    void note(Collection<RefusedRound> rounds);

    /// Returns those of the rounds that [#note] added in this database. Reads across users.
    Set<RefusedRound> known(Collection<RefusedRound> rounds);

    /// Reverses [#note] when the letters no longer exist.
    void forget(Collection<RefusedRound> rounds);
}
