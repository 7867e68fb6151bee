package dev.memfuse.engine.service;

import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.MemoryStore;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.buffer.WriteBuffer;
import dev.memfuse.engine.memory.Extraction;

/// Deletes from the buffers, then waits for what is in flight, then deletes from storage, index and query cache: in this
/// order nothing deleted can be stored afterwards.
final class UserDeleter {
    private final UserState state;
    private final MemoryStore store;
    private final WriteBuffer buffer;
    private final Extraction extraction;

    UserDeleter(UserState state, MemoryStore store, FlushManager flush, Extraction extraction) {
        this.state = state;
        this.store = store;
        this.buffer = new WriteBuffer(state.buffers(), state.flushOrder(), flush);
        this.extraction = extraction;
    }

    DeleteResult messages(SessionKey session, List<UUID> ids) {
        int buffered = buffer.removeAndAwait(session, ids);
        DeleteResult stored = store.deleteMessages(session, ids);
        state.index().removed(ids);
        state.queries().written();
        extraction.recover(List.of(state.userId()));
        return with(buffered, stored);
    }

    DeleteResult session(SessionKey session) {
        int buffered = buffer.removeSessionAndAwait(session);
        DeleteResult stored = store.deleteSession(session);
        state.knownSessions().remove(session);
        state.index().forget();
        state.queries().written();
        // A fact of that session may have been said in another one too.
        extraction.recover(List.of(state.userId()));
        return with(buffered, stored);
    }

    DeleteResult user() {
        int buffered = state.buffers().messages(_ -> true).stream().map(Message::session).distinct()
                .mapToInt(buffer::removeSessionAndAwait).sum();
        DeleteResult stored = store.deleteUser(state.userId());
        state.index().forget();
        state.queries().written();
        return with(buffered, stored);
    }

    private static DeleteResult with(int buffered, DeleteResult stored) {
        return new DeleteResult(buffered, stored.messages(), stored.chunks(), stored.facts(), stored.sessions(),
                stored.episodes());
    }
}
