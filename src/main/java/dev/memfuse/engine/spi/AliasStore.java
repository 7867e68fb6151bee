package dev.memfuse.engine.spi;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.exception.EngineException;

/// Ids that stand for others: of users, agents and sessions whose name existed when they were stored (ADR 0026).
/// Thread-safe; every method blocks. Failures are [EngineException]s.
public interface AliasStore {

    /// Stores what was created for a user while the database was away, in one transaction. What has the name of an
    /// existing user, agent or session is not stored: its id becomes an alias of the existing one. A repetition has no
    /// effect and returns the same. What belongs to a user that does not exist any more is left out.
    ///
    /// @return the aliases among the ids of the creations
    List<IdAlias> settle(Creations creations);

    /// Returns all aliases. Reads across users, like [WorkStore#waiting].
    List<IdAlias> all();

    /// Returns those of the ids that are aliases. Reads across users, since callers know the alias only.
    List<IdAlias> of(Collection<UUID> ids);
}
