package dev.memfuse.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.section.RetrievalConfig;
import dev.memfuse.engine.exception.NotFoundException;

/// Pages through a user's memory and repeats queries under other settings, for a person who examines it. Its calls are
/// neither measured as operations nor cached, and cost nothing until they are made.
///
/// Thread-safe; every method blocks. Those that read stored data fail with a
/// [dev.memfuse.engine.exception.StorageUnavailableException] while the database is away.
public interface Inspection {

    /// Returns the configuration in force.
    MemFuseConfig config();

    /// Returns users in the order of their ids, which is that of their creation. Reads across users, names only.
    ///
    /// @param part restricts to names that contain it, in upper or lower case; empty takes all
    /// @param after restricts to greater ids: the last id of the previous page
    /// @param limit maximum number of users, 1..10000
    List<User> users(String part, Optional<UUID> after, int limit);

    /// Returns sessions of a user in the order of their ids, which is that of their creation.
    ///
    /// @param part restricts to names that contain it, in upper or lower case; empty takes all
    /// @param after restricts to greater ids: the last id of the previous page
    /// @param limit maximum number of sessions, 1..10000
    List<Session> sessions(UUID userId, String part, Optional<UUID> after, int limit);

    /// Returns stored messages of a session before or after a position, the nearest first.
    ///
    /// @param sequence the position, exclusive; [Message#UNASSIGNED] is after all stored messages
    /// @param order `NEWEST_FIRST` returns those before the position, `OLDEST_FIRST` those after it
    /// @param limit maximum number of messages, 1..10000
    List<Message> stored(SessionKey session, long sequence, Order order, int limit);

    /// Returns the layers that hold each of some stored messages; messages that are not stored are left out.
    Map<UUID, MessageLayers> layers(UUID userId, Collection<UUID> messageIds);

    /// Ranks as [MemoryEngine#query] does, with other settings of retrieval than those in force.
    QueryResult query(UUID userId, QueryRequest request, RetrievalConfig retrieval);

    /// Returns the users whose messages are buffered, the one with the most messages first.
    ///
    /// @param limit maximum number of users, 1..10000
    List<BufferedUser> buffered(int limit);

    /// Returns buffered messages of a user, oldest first, without those whose texts are in the journal only. Does not
    /// block.
    ///
    /// @param limit maximum number of messages, 1..10000
    List<Message> buffered(UUID userId, int limit);

    /// Returns the agent of a session.
    ///
    /// @throws NotFoundException when the user has no such session
    UUID agentOf(SessionKey session);

    /// Layers that hold a stored message.
    ///
    /// @param embedded whether a vector of the message itself is stored; a chunk has one of its own
    /// @param chunks number of chunks (M1)
    /// @param episodes number of episodes (M1)
    /// @param facts number of facts (M2), superseded ones included
    record MessageLayers(boolean embedded, int chunks, int episodes, int facts) {
        /// A message that no layer holds but M0.
        public static final MessageLayers NONE = new MessageLayers(false, 0, 0, 0);

        /// Returns whether vectors find the message: its own or that of a chunk.
        public boolean hasVector() {
            return embedded || chunks > 0;
        }
    }

    /// Numbers of buffered messages of a user.
    ///
    /// @param name empty while the database is away
    /// @param sessions number of sessions of these messages
    record BufferedUser(UUID userId, String name, int roundBuffer, int hybridBuffer, int inFlight, int sessions) {
        /// Returns the number of messages in all buffers.
        public int messages() {
            return roundBuffer + hybridBuffer + inFlight;
        }
    }
}
