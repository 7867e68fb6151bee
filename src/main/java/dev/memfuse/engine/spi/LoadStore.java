package dev.memfuse.engine.spi;

import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.LoadData.DatabaseSize;
import dev.memfuse.engine.LoadData.DatabaseWork;
import dev.memfuse.engine.LoadData.MarkedUser;
import dev.memfuse.engine.LoadData.Size;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;

/// Storage of the mark of users that loads made. Reads across users, unlike the other ports.
public interface LoadStore {

    /// Stores a new user with a mark.
    ///
    /// @throws DuplicateNameException when the name is taken
    void createMarked(User user, String run);

    /// Returns the marked users, oldest first.
    List<MarkedUser> markedUsers();

    /// Returns the size of the data of the marked users.
    Size markedSize();

    /// Returns the number of stored messages of a user.
    long messageCount(UUID userId);

    /// Returns the size of the database.
    DatabaseSize size();

    /// Returns what the database server has done so far.
    DatabaseWork work();
}
