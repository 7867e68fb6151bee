package dev.memfuse.engine.service;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.section.Durability;
import dev.memfuse.engine.MessageChange;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;
import org.jspecify.annotations.Nullable;

/// Checks the messages of one `addBatch` call before anything keeps them: storage takes every batch that passes, in
/// one piece and exactly.
final class BatchCheck {
    /// Size that counts for each message beside its text: more than its fixed fields take in a record of the journal.
    static final int MESSAGE_OVERHEAD = 64;
    /// More than the fixed fields of a record of the journal take.
    private static final int RECORD_OVERHEAD = 256;

    private BatchCheck() {}

    /// Returns an immutable copy of the messages.
    ///
    /// @throws InvalidValueException when a message cannot be stored, or a limit is exceeded
    static List<NewMessage> check(@Nullable List<? extends @Nullable NewMessage> messages, BufferConfig limits) {
        List<NewMessage> batch = ValueCheck.elements("messages", messages);
        if (batch.isEmpty()) {
            throw new InvalidValueException("messages", "messages is empty. A batch needs at least one message.");
        }
        long bytes = 0;
        for (int i = 0; i < batch.size(); i++) {
            String field = "messages[" + i + "]";
            bytes += text(field + ".content", batch.get(i).content(), limits) + MESSAGE_OVERHEAD;
            ValueCheck.time(field + ".createdAt", batch.get(i).createdAt());
        }
        size("messages", bytes, limits);
        distinct("messages", batch.stream().map(NewMessage::id).toList());
        return batch;
    }

    /// Returns an immutable copy of changes.
    ///
    /// @throws InvalidValueException when a text cannot be stored, a limit is exceeded, or two have one id
    static List<MessageChange> changes(@Nullable List<? extends @Nullable MessageChange> changes,
            BufferConfig limits) {
        List<MessageChange> checked = ValueCheck.elements("changes", changes);
        if (checked.isEmpty()) {
            throw new InvalidValueException("changes", "changes is empty. Name at least one message.");
        }
        long bytes = 0;
        for (int i = 0; i < checked.size(); i++) {
            bytes += text("changes[" + i + "].content", checked.get(i).content(), limits) + MESSAGE_OVERHEAD;
        }
        size("changes", bytes, limits);
        distinct("changes", checked.stream().map(MessageChange::id).toList());
        return checked;
    }

    /// Returns an immutable copy of texts.
    ///
    /// @throws InvalidValueException when a text is empty or cannot be stored, or a limit is exceeded
    static List<String> contents(String field, @Nullable List<? extends @Nullable String> contents,
            BufferConfig limits) {
        List<String> checked = ValueCheck.elements(field, contents);
        long bytes = 0;
        for (int i = 0; i < checked.size(); i++) {
            String each = field + "[" + i + "]";
            if (checked.get(i).isEmpty()) {
                throw new InvalidValueException(each, each + " is empty. It needs at least one character.");
            }
            bytes += text(each, checked.get(i), limits) + MESSAGE_OVERHEAD;
        }
        size(field, bytes, limits);
        return checked;
    }

    private static long text(String field, String content, BufferConfig limits) {
        long bytes = TextCheck.bytes(field, content);
        if (bytes > limits.maxMessageBytes()) {
            throw tooLong(field, bytes, limits);
        }
        return bytes;
    }

    private static void size(String field, long bytes, BufferConfig limits) {
        if (bytes > limits.maxBatchBytes()) {
            throw new InvalidValueException(field, field + " has " + bytes + " bytes with " + MESSAGE_OVERHEAD
                    + " for each message, and buffer.max_batch_bytes allows " + limits.maxBatchBytes()
                    + ". Add fewer messages at a time, or raise the limit.");
        }
        boolean journaled = !limits.bypassMode() && limits.durability() == Durability.JOURNAL;
        if (journaled && bytes > limits.journal().maxBytes() - RECORD_OVERHEAD) {
            throw new InvalidValueException(field, field + " has " + bytes + " bytes with " + MESSAGE_OVERHEAD
                    + " for each message, too many for a journal with buffer.journal.max_bytes "
                    + limits.journal().maxBytes() + ". Add fewer messages at a time, or raise the limit.");
        }
    }

    /// Storage keeps one message of each id, so the second one would be acknowledged and lost.
    private static void distinct(String list, List<UUID> all) {
        Set<UUID> ids = HashSet.newHashSet(all.size());
        for (int i = 0; i < all.size(); i++) {
            if (!ids.add(all.get(i))) {
                String field = list + "[" + i + "].id";
                throw new InvalidValueException(field,
                        field + " is the id of another message of the batch. Give each message an id of its own.");
            }
        }
    }

    /// Returns the text of a query.
    ///
    /// @throws InvalidValueException when it is larger than a message can be
    static void query(String text, BufferConfig limits) {
        text("text", text, limits);
    }

    private static InvalidValueException tooLong(String field, long bytes, BufferConfig limits) {
        return new InvalidValueException(field,
                field + " has " + bytes + " bytes in UTF-8, and buffer.max_message_bytes allows "
                        + limits.maxMessageBytes() + ". Split the text, or raise the limit.");
    }
}
