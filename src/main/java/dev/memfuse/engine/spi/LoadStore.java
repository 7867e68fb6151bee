package dev.memfuse.engine.spi;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.LoadData.DatabaseSize;
import dev.memfuse.engine.LoadData.DatabaseWork;
import dev.memfuse.engine.LoadData.MarkedUser;
import dev.memfuse.engine.LoadData.Size;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;

/// The mark of users that loads made. Reads across users, unlike other ports.
public interface LoadStore {

    /// Stores a new user with a mark.
    ///
    /// @throws DuplicateNameException when the name is taken
    void create(User user, String run);

    /// Returns the marked users, oldest first.
    List<MarkedUser> users();

    /// Returns the size of the data of the marked users.
    Size markedSize();

    /// Returns the number of stored messages of a user without those of some ids.
    long messageCount(UUID userId, Collection<UUID> except);

    /// Returns the size of the database.
    DatabaseSize size();

    /// Returns what the database server has done so far.
    DatabaseWork work();
}
