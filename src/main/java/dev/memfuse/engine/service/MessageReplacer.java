package dev.memfuse.engine.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageChange;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.FlushBatch;
import dev.memfuse.engine.buffer.WriteBuffer;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.spi.MessageChangeStore.Replacement;

/// Replaces texts of messages of one user. What is buffered is stored first, so that the database alone has to be
/// changed (ADR 0047). The former texts are then erased as a deletion erases them: from the journal and the dead
/// letters before storage, so that no process that starts after a crash can read them there. The caller holds the
/// user's exclusive lock.
record MessageReplacer(UserState state, ServiceContext context) {

    /// Returns the messages as they are now, in the order of the changes.
    ///
    /// @throws NotFoundException when the session has not all of them; nothing is changed then
    List<Message> replace(SessionKey session, List<MessageChange> changes) {
        List<UUID> ids = changes.stream().map(MessageChange::id).toList();
        new WriteBuffer(state.buffers(), state.flushOrder(), context.flush()).drain(FlushBatch.Priority.HIGH);
        // Before the journal, which must keep the texts of a call that fails.
        require(context.store().messages().read(session.userId(), ids).stream()
                .filter(message -> message.session().equals(session)).map(Message::id).collect(Collectors.toSet()),
                ids);
        var erasure = new JournalEntry.Erasure(session.userId(), Optional.of(session.sessionId()), Set.copyOf(ids));
        context.journal().append(erasure);
        int _ = context.deadLetters().erase(erasure);
        Replacement replaced = context.store().messageChanges().replace(session, changes);
        require(replaced.messages().stream().map(Message::id).collect(Collectors.toSet()), ids);
        state.index().removeMessages(ids, replaced.erasure());
        state.index().addMessages(replaced.messages());
        state.clearQueries();
        context.memory().replaced(session.userId(), ids);
        return ids.stream().flatMap(id -> replaced.messages().stream().filter(message -> message.id().equals(id)))
                .toList();
    }

    private static void require(Set<UUID> found, List<UUID> ids) {
        if (!found.containsAll(ids)) {
            throw new NotFoundException("The session has not all of these messages.");
        }
    }
}
