package dev.memfuse.engine.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.UserBuffers;
import dev.memfuse.engine.buffer.WriteBuffer;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.spi.ErasureStore.Erasure;

/// Deletes data of one user: from the journal and the buffers, then, after batches in flight are stored, from the dead
/// letters, storage, index and query cache. In this order no deleted message can be stored afterwards, even by a
/// process that starts after a crash. The caller holds the user's exclusive lock.
final class UserDeleter {
    private final UserState state;
    private final ServiceContext context;
    private final WriteBuffer buffer;

    UserDeleter(UserState state, ServiceContext context) {
        this.state = state;
        this.context = context;
        this.buffer = new WriteBuffer(state.buffers(), state.flushOrder(), context.flush());
    }

    DeleteResult messages(SessionKey session, List<UUID> ids) {
        if (ids.isEmpty()) {
            return new DeleteResult(0, 0, 0, 0, 0, 0);
        }
        var erasure = new JournalEntry.Erasure(state.userId(), Optional.of(session.sessionId()), Set.copyOf(ids));
        context.journal().append(erasure);
        int buffered = release(buffer.removeAndAwait(session, ids)) + context.deadLetters().erase(erasure);
        Erasure stored = context.store().deletions().deleteMessages(session, ids);
        state.index().removeMessages(ids, stored);
        state.clearQueries();
        context.extraction().recover(List.of(state.userId()));
        return with(buffered, stored.result());
    }

    DeleteResult session(SessionKey session) {
        var erasure = new JournalEntry.Erasure(state.userId(), Optional.of(session.sessionId()), Set.of());
        context.journal().append(erasure);
        eraseAliases(session);
        int buffered = release(buffer.removeSessionAndAwait(session)) + context.deadLetters().erase(erasure);
        Erasure stored = context.store().deletions().deleteSession(session);
        state.sessions().remove(session);
        context.directory().remove(session);
        state.index().removeSession(session.sessionId(), stored);
        state.clearQueries();
        // A fact of that session may also have sources in other sessions.
        context.extraction().recover(List.of(state.userId()));
        return with(buffered, stored.result());
    }

    DeleteResult user() {
        var erasure = new JournalEntry.Erasure(state.userId(), Optional.empty(), Set.of());
        context.journal().append(erasure);
        context.aliases().of(state.userId()).forEach(
                alias -> context.journal().append(new JournalEntry.Erasure(alias, Optional.empty(), Set.of())));
        int buffered = 0;
        for (SessionKey session : state.buffers().sessions()) {
            buffered += release(buffer.removeSessionAndAwait(session));
        }
        buffered += context.deadLetters().erase(erasure);
        DeleteResult stored = context.store().deletions().deleteUser(state.userId());
        state.index().delete();
        state.clearQueries();
        return with(buffered, stored);
    }

    /// Erases what was journaled for the aliases of a session, of which its user may have some as well.
    private void eraseAliases(SessionKey session) {
        IdAliases aliases = context.aliases();
        List<UUID> users = new ArrayList<>(aliases.of(session.userId()));
        users.add(session.userId());
        List<UUID> sessions = new ArrayList<>(aliases.of(session.sessionId()));
        sessions.add(session.sessionId());
        for (UUID user : users) {
            for (UUID alias : sessions) {
                if (!session.equals(new SessionKey(user, alias))) {
                    context.journal().append(new JournalEntry.Erasure(user, Optional.of(alias), Set.of()));
                }
            }
        }
    }

    private int release(UserBuffers.Removal removal) {
        removal.emptied().forEach(context.journal()::release);
        return removal.messages();
    }

    private static DeleteResult with(int buffered, DeleteResult stored) {
        return new DeleteResult(buffered, stored.messages(), stored.chunks(), stored.facts(), stored.sessions(),
                stored.episodes());
    }
}
