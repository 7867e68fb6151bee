package dev.memfuse.engine.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;

/// Reads of stored messages. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface MessageStore {

    /// Returns stored messages of a session.
    ///
    /// @param limit maximum number of messages, counted from the start of the order
    /// @throws NotFoundException when the user has no such session
    List<Message> ofSession(SessionKey session, int limit, Order order);

    /// Returns stored messages by id, in any order; unknown ids are left out.
    List<Message> read(UUID userId, Collection<UUID> messageIds);

    /// Returns the messages of a round, in their order; empty when it was deleted.
    List<Message> ofRound(UUID userId, UUID roundId);

    /// Returns the last stored message of a session before a sequence number.
    Optional<Message> before(SessionKey session, long sequence);
}
