package dev.memfuse.load.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import dev.memfuse.engine.NewMessage;

/// The messages that one simulated user sent. Adds of a user never overlap. Thread-safe.
public final class SentMessages {
    private final UUID user;
    private final AtomicLong acknowledged = new AtomicLong();
    /// Ids of the messages of failed adds and of the add in flight, in the order of the batches.
    private final List<UUID> unacknowledged = new ArrayList<>();

    /// Counts of messages.
    ///
    /// @param acknowledged number of acknowledged messages
    /// @param unacknowledged ids of the others, which are stored or not
    public record Counts(long acknowledged, List<UUID> unacknowledged) {}

    public SentMessages(UUID user) {
        this.user = user;
    }

    /// Returns the id of the user.
    public UUID user() {
        return user;
    }

    /// Counts messages as sent and not acknowledged.
    public synchronized void sending(List<NewMessage> batch) {
        batch.forEach(message -> unacknowledged.add(message.id()));
    }

    /// Counts the messages of the newest batch as acknowledged.
    ///
    /// @param messages size of the batch
    public synchronized void acknowledged(int messages) {
        unacknowledged.subList(unacknowledged.size() - messages, unacknowledged.size()).clear();
        acknowledged.addAndGet(messages);
    }

    /// Returns the number of acknowledged messages.
    public long acknowledged() {
        return acknowledged.get();
    }

    /// Returns the counts until now.
    public synchronized Counts counts() {
        return new Counts(acknowledged.get(), List.copyOf(unacknowledged));
    }
}
