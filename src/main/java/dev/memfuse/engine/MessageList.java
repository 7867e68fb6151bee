package dev.memfuse.engine;

import java.util.AbstractList;
import java.util.List;

/// Result of reading messages, in the requested order. Immutable.
///
/// A degraded list lacks stored messages, since the database was unreachable.
public final class MessageList extends AbstractList<Message> {
    private final List<Message> messages;
    private final boolean degraded;

    private MessageList(List<Message> messages, boolean degraded) {
        this.messages = List.copyOf(messages);
        this.degraded = degraded;
    }

    /// Returns a complete list.
    public static MessageList complete(List<Message> messages) {
        return new MessageList(messages, false);
    }

    /// Returns a list without stored messages.
    public static MessageList degraded(List<Message> messages) {
        return new MessageList(messages, true);
    }

    /// Returns whether the database was unreachable, so that stored messages are missing.
    public boolean degraded() {
        return degraded;
    }

    @Override
    public Message get(int index) {
        return messages.get(index);
    }

    @Override
    public int size() {
        return messages.size();
    }
}
