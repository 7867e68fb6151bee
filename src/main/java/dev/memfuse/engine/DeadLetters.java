package dev.memfuse.engine;

import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;

/// The rounds that storage refused for their content. Thread-safe; except [#count], calls block for the disk.
public interface DeadLetters {

    /// Returns the number of dead letters. Cheap; letters of other processes are counted within seconds.
    int count();

    /// Visits the dead letters, oldest refusal first within a user. A letter that cannot be read is left out and
    /// reported in the log.
    void forEach(Consumer<DeadLetter> each);

    /// Stores dead letters again and removes those that storage accepts. Messages that were stored meanwhile are not
    /// stored twice. Blocks for the database.
    ///
    /// @param roundIds ids of their rounds; unknown ids have no effect
    /// @throws dev.memfuse.engine.exception.StorageUnavailableException when the database cannot be reached
    Retry retry(Collection<UUID> roundIds);

    /// Deletes dead letters; their messages are lost.
    ///
    /// @param roundIds ids of their rounds; unknown ids have no effect
    /// @return number of deleted letters
    int discard(Collection<UUID> roundIds);

    /// Result of [#retry].
    ///
    /// @param stored number of letters that were stored
    /// @param refused number of letters that storage refused again
    record Retry(int stored, int refused) {}
}
