package dev.memfuse.engine.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.buffer.JournalReader;
import dev.memfuse.engine.buffer.TextBudget;
import dev.memfuse.engine.buffer.UserBuffers;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.retrieval.IndexSource;
import dev.memfuse.engine.retrieval.OpenIndexes;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.metrics.SpeculationStats;

/// States of the users that the engine serves. Thread-safe.
final class UserStates {
    private final Map<UUID, UserState> states = new ConcurrentHashMap<>();
    /// Users whose buffers may hold something: background work inspects no others.
    private final Set<UUID> buffering = ConcurrentHashMap.newKeySet();
    private final MemoryStore store;
    private final IndexRoot indexes;
    private final OpenIndexes open;
    private final SpeculationStats speculation;
    private final JournalReader journal;
    private final TextBudget texts = TextBudget.ofHeap();

    UserStates(MemoryStore store, JournalReader journal, IndexRoot indexes, OpenIndexes open,
            SpeculationStats speculation) {
        this.store = store;
        this.journal = journal;
        this.indexes = indexes;
        this.open = open;
        this.speculation = speculation;
    }

    /// Returns the state of a user; creates it at the first call.
    UserState of(UUID userId) {
        return states.computeIfAbsent(userId, this::create);
    }

    private UserState create(UUID userId) {
        UserBuffers buffers = new UserBuffers(userId, journal, texts);
        UserSessions sessions = new UserSessions(() -> store.accounts().sessions(userId));
        return new UserState(userId, buffers,
                indexes.index(userId, source(userId, buffers, sessions), open), sessions,
                new UserActivity(() -> buffering.add(userId)), speculation);
    }

    private IndexSource source(UUID userId, UserBuffers buffers, UserSessions sessions) {
        return target -> {
            // Another process may have created sessions.
            sessions.reloadAgentsIfLoaded();
            List<Message> buffered = buffers.messages(_ -> true);
            store.index().read(userId, target);
            buffered.forEach(target::buffered);
        };
    }

    /// Returns the state of a user if there is one.
    Optional<UserState> find(UUID userId) {
        return Optional.ofNullable(states.get(userId));
    }

    /// Returns whether a state is still in use, and not removed by the deletion of its user.
    boolean isCurrent(UserState state) {
        return state.equals(states.get(state.userId()));
    }

    /// Removes the state of a user, which must not be used afterwards.
    void remove(UUID userId) {
        states.remove(userId);
    }

    /// Returns a live view of all states.
    Collection<UserState> all() {
        return states.values();
    }

    /// Returns the number of states.
    int size() {
        return states.size();
    }

    /// Returns the states of the users whose buffers hold something.
    List<UserState> buffering() {
        List<UserState> found = new ArrayList<>();
        for (UUID user : List.copyOf(buffering)) {
            UserState state = states.get(user);
            if (state == null || state.buffers().isEmpty()) {
                buffering.remove(user);
            }
            // An addition between the test and the removal found the mark set.
            if (state != null && !state.buffers().isEmpty()) {
                buffering.add(user);
                found.add(state);
            }
        }
        return found;
    }

    /// Returns the number of buffered messages of all users.
    UserBuffers.Depth depth() {
        int round = 0;
        int hybrid = 0;
        int inFlight = 0;
        for (UserState state : buffering()) {
            UserBuffers.Depth depth = state.buffers().depth();
            round += depth.round();
            hybrid += depth.hybrid();
            inFlight += depth.inFlight();
        }
        return new UserBuffers.Depth(round, hybrid, inFlight);
    }
}
