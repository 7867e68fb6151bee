package dev.memfuse.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.EngineException;

/// The users that loads made, apart from all others. Storage marks each with the run that made it; the mark is neither
/// exported nor imported, so a copy of such a user is not one. [MemoryEngine#deleteUser] removes them. Reads across
/// users, and returns ids, names and numbers only.
///
/// Thread-safe; every method blocks for the database.
public interface LoadData {

    /// Creates a marked user. While the database is away, a journaled user gets no mark.
    ///
    /// @param run name of the run, not blank
    /// @throws DuplicateNameException when the name is taken
    User createUser(String name, String run);

    /// Returns the marked users, oldest first.
    ///
    /// @throws EngineException when the database does not answer
    List<MarkedUser> users();

    /// Marks a run as running, in all processes, until [#endRun] or until the lease has passed. Another call renews it.
    ///
    /// @param lease time on the database's clock, at most 15 minutes
    /// @throws EngineException when the database does not answer
    void holdRun(String run, Duration lease);

    /// Ends the mark of [#holdRun].
    ///
    /// @throws EngineException when the database does not answer
    void endRun(String run);

    /// Returns the names of the runs that run now, in any process.
    ///
    /// @throws EngineException when the database does not answer
    Set<String> running();

    /// Returns the size of the data of the marked users.
    ///
    /// @throws EngineException when the database does not answer
    Size size();

    /// Returns the number of stored messages of a user.
    ///
    /// @param except ids of messages that are not counted
    /// @throws EngineException when the database does not answer
    long storedMessages(UUID userId, Collection<UUID> except);

    /// Returns the size of the whole database.
    ///
    /// @throws EngineException when the database does not answer
    DatabaseSize database();

    /// Returns what the database server has done so far; the difference of two readings is the work between them.
    /// Counts the work of all clients.
    ///
    /// @throws EngineException when the database does not answer
    DatabaseWork work();

    /// Counters of a database server since its start. Exact: unlike the server's statistics views, they do not lag.
    ///
    /// @param writeTransactions number of transactions that wrote
    /// @param walBytes size of the write-ahead log
    record DatabaseWork(long writeTransactions, long walBytes) {}

    /// A user that a load made.
    ///
    /// @param run name of the run
    record MarkedUser(UUID id, String name, String run, Instant createdAt) {}

    /// Size of the data of the marked users.
    ///
    /// @param users number of users
    /// @param messages number of their messages
    /// @param textBytes size of the texts of these messages
    record Size(long users, long messages, long textBytes) {}

    /// Size of a database.
    ///
    /// @param users number of users
    /// @param messages number of messages; above a table of 1 GiB an estimate of PostgreSQL
    /// @param bytes size with indexes
    record DatabaseSize(long users, long messages, long bytes) {}
}
