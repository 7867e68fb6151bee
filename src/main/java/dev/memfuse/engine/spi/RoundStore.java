package dev.memfuse.engine.spi;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;

/// Storage of rounds. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface RoundStore {

    /// Stores rounds of one user in one transaction: rounds, messages with their sequence, and embedded chunks.
    /// Messages whose id exists are left unchanged, so a repetition has no effect.
    ///
    /// @param timeout longest time of one statement; zero for none
    /// @return sessions that do not exist; their rounds were not stored
    Set<SessionKey> store(UUID userId, List<StoredRound> rounds, Duration timeout);
}
