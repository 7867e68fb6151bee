package dev.memfuse.engine.spi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Inspection.MessageLayers;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;

/// Pages of what is stored; see [dev.memfuse.engine.Inspection]. Thread-safe; every method blocks.
public interface InspectionStore {

    /// Returns users whose names contain `part`, with greater ids than `after`. Reads across users.
    List<User> users(String part, Optional<UUID> after, int limit);

    /// Returns sessions of a user whose names contain `part`, with greater ids than `after`.
    List<Session> sessions(UUID userId, String part, Optional<UUID> after, int limit);

    /// Returns messages of a session before or after a position, the nearest first.
    List<Message> messages(SessionKey session, long sequence, Order order, int limit);

    /// Returns the layers that hold each of some messages; unknown ids are left out.
    Map<UUID, MessageLayers> layers(UUID userId, Collection<UUID> messageIds);
}
