package dev.memfuse.engine.service;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.UserBuffers;
import dev.memfuse.engine.buffer.WriteBuffer;
import dev.memfuse.engine.journal.JournalEntry;

/// Deletes from the journal, from the buffers, then waits for what is in flight, then deletes from storage, index and
/// query cache: in this order nothing deleted can be stored afterwards, also not by a process that starts after a crash.
final class UserDeleter {
    private final UserState state;
    private final EngineComponents parts;
    private final WriteBuffer buffer;

    UserDeleter(UserState state, EngineComponents parts) {
        this.state = state;
        this.parts = parts;
        this.buffer = new WriteBuffer(state.buffers(), state.flushOrder(), parts.flush());
    }

    DeleteResult messages(SessionKey session, List<UUID> ids) {
        if (ids.isEmpty()) {
            return new DeleteResult(0, 0, 0, 0, 0, 0);
        }
        parts.journal()
                .append(new JournalEntry.Erasure(state.userId(), Optional.of(session.sessionId()), Set.copyOf(ids)));
        int buffered = released(buffer.removeAndAwait(session, ids));
        DeleteResult stored = parts.store().deleteMessages(session, ids);
        state.index().removed(ids);
        state.forgetQueries();
        parts.extraction().recover(List.of(state.userId()));
        return with(buffered, stored);
    }

    DeleteResult session(SessionKey session) {
        parts.journal().append(new JournalEntry.Erasure(state.userId(), Optional.of(session.sessionId()), Set.of()));
        int buffered = released(buffer.removeSessionAndAwait(session));
        DeleteResult stored = parts.store().deleteSession(session);
        state.knownSessions().remove(session);
        state.agents().remove(session.sessionId());
        state.index().sessionRemoved(session.sessionId());
        state.forgetQueries();
        // A fact of that session may have been said in another one too.
        parts.extraction().recover(List.of(state.userId()));
        return with(buffered, stored);
    }

    DeleteResult user() {
        parts.journal().append(new JournalEntry.Erasure(state.userId(), Optional.empty(), Set.of()));
        int buffered = 0;
        for (SessionKey session : new HashSet<>(
                state.buffers().messages(_ -> true).stream().map(Message::session).toList())) {
            buffered += released(buffer.removeSessionAndAwait(session));
        }
        DeleteResult stored = parts.store().deleteUser(state.userId());
        state.index().wipe();
        state.forgetQueries();
        return with(buffered, stored);
    }

    private int released(UserBuffers.Removal removal) {
        removal.emptied().forEach(parts.journal()::release);
        return removal.messages();
    }

    private static DeleteResult with(int buffered, DeleteResult stored) {
        return new DeleteResult(buffered, stored.messages(), stored.chunks(), stored.facts(), stored.sessions(),
                stored.episodes());
    }
}
