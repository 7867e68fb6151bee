package dev.memfuse.engine;

import java.util.AbstractList;
import java.util.List;

/// Messages that were read, in their order. Immutable.
///
/// A degraded list holds only what is buffered: the database could not be reached, and what is stored there is missing.
public final class MessageList extends AbstractList<Message> {
    private final List<Message> messages;
    private final boolean degraded;

    private MessageList(List<Message> messages, boolean degraded) {
        this.messages = List.copyOf(messages);
        this.degraded = degraded;
    }

    /// Everything there is.
    public static MessageList complete(List<Message> messages) {
        return new MessageList(messages, false);
    }

    /// What could be read without the database.
    public static MessageList degraded(List<Message> messages) {
        return new MessageList(messages, true);
    }

    /// Whether the database could not be asked, so that stored messages are missing.
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
