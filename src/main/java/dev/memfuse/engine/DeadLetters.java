package dev.memfuse.engine;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// The rounds that storage refused for their content. Thread-safe; except [#count], calls block for the disk.
public interface DeadLetters {

    /// Returns the number of dead letters. Cheap; letters of other processes are counted within seconds.
    int count();

    /// Visits the dead letters, oldest refusal first within a user, without damaged ones.
    void forEach(Consumer<DeadLetter> each);

    /// Returns the damaged letters, which can only be discarded. Reads all letters.
    List<DamagedLetter> damaged();

    /// Returns the rounds of letters whose user or session this database does not have, and which it never refused: a
    /// backup from before them was restored, or another database has the same identity. They are kept until they are
    /// discarded. Blocks for the database.
    ///
    /// @throws dev.memfuse.engine.exception.StorageUnavailableException when the database cannot be reached
    Set<UUID> unknown();

    /// Stores dead letters again and removes those that storage accepts, and those whose user or session was deleted.
    /// Those of [#unknown] stay. Messages that were stored meanwhile are not stored twice. Blocks for the database.
    ///
    /// @param roundIds ids of their rounds; unknown ids and those of damaged letters have no effect
    /// @throws dev.memfuse.engine.exception.StorageUnavailableException when the database cannot be reached
    Retry retry(Collection<UUID> roundIds);

    /// Deletes dead letters, also damaged ones; their messages are lost.
    ///
    /// @param roundIds ids of their rounds; unknown ids have no effect
    /// @return number of deleted letters
    int discard(Collection<UUID> roundIds);

    /// Result of [#retry].
    ///
    /// @param stored number of letters that were stored
    /// @param refused number of letters that storage refused again
    /// @param deleted number of letters that were removed, since their user or session was deleted
    /// @param unknown number of letters of [DeadLetters#unknown], which stay
    record Retry(int stored, int refused, int deleted, int unknown) {
        /// Result without letters of data that does not exist.
        public Retry(int stored, int refused) {
            this(stored, refused, 0, 0);
        }
    }
}
