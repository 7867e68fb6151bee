package dev.memfuse.engine.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.DamagedLetter;
import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.DeadLetters;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.StatementFailedException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.journal.DeadLetterFolder;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.spi.MemoryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists, stores again and discards the rounds that storage refused. Thread-safe.
final class DeadLetterOffice implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterOffice.class);

    private final DeadLetterFolder folder;
    private final Directory directory;
    private final UserStates states;
    private final UserLocks locks;
    private final RoundStorage storage;
    private final MemoryStore store;
    private final Tunables tunables;

    DeadLetterOffice(DeadLetterFolder folder, Directory directory, UserStates states, UserLocks locks,
            RoundStorage storage, MemoryStore store, Tunables tunables) {
        this.folder = folder;
        this.directory = directory;
        this.states = states;
        this.locks = locks;
        this.storage = storage;
        this.store = store;
        this.tunables = tunables;
    }

    /// Result for one letter.
    private enum Result {
        STORED,
        REFUSED,
        DELETED
    }

    @Override
    public int count() {
        return folder.count();
    }

    @Override
    public void forEach(Consumer<DeadLetter> each) {
        folder.forEach(stored -> each.accept(stored.letter()));
    }

    @Override
    public List<DamagedLetter> damaged() {
        return folder.damaged();
    }

    @Override
    public Retry retry(Collection<UUID> roundIds) {
        Set<UUID> wanted = new HashSet<>(roundIds);
        Map<Result, Integer> results = new EnumMap<>(Result.class);
        folder.forEach(stored -> {
            if (wanted.contains(stored.letter().roundId())) {
                Result result = locks.shared(stored.letter().session().userId(), () -> storeAgain(stored));
                results.merge(result, 1, Integer::sum);
            }
        });
        Retry retry = new Retry(results.getOrDefault(Result.STORED, 0), results.getOrDefault(Result.REFUSED, 0),
                results.getOrDefault(Result.DELETED, 0));
        LOG.info("Journal: {} dead letters stored, {} refused again, {} of deleted sessions removed", retry.stored(),
                retry.refused(), retry.deleted());
        return retry;
    }

    private Result storeAgain(DeadLetterFolder.Stored stored) {
        DeadLetter letter = stored.letter();
        UUID userId = letter.session().userId();
        directory.findAliases(Set.of(userId, letter.session().sessionId()));
        Duration timeout = tunables.get().buffer().performance().flushTimeout();
        try {
            if (!storage.store(userId, List.of(BufferedJournal.buffered(stored.round(), 0)), timeout).isEmpty()) {
                folder.delete(userId, letter.roundId());
                return Result.DELETED;
            }
        } catch (StatementFailedException e) {
            folder.add(stored.round(), Instant.now(), String.valueOf(e.getMessage()));
            return Result.REFUSED;
        }
        folder.delete(userId, letter.roundId());
        SessionKey session = directory.aliases().session(letter.session());
        states.find(session.userId()).ifPresent(state -> {
            state.index().addMessages(letter.messages().stream().map(message -> new Message(message.id(), session,
                    letter.roundId(), Message.UNASSIGNED, message.role(), message.content(), message.createdAt(),
                    Message.Origin.ROUND_BUFFER)).toList());
            state.queries().invalidate();
        });
        return Result.STORED;
    }

    /// Removes the letters of users and sessions that no longer exist, whoever deleted them. Leaves those of users with
    /// creations that are in the journal only: the database may have refused a round because it refuses its session.
    ///
    /// @throws StorageUnavailableException when the database is away
    void removeDeleted() {
        if (folder.count() == 0) {
            return;
        }
        Set<UUID> users = folder.userIds();
        Set<SessionKey> sessions = folder.sessions();
        directory.findAliases(Stream.concat(users.stream(), sessions.stream().map(SessionKey::sessionId))
                .collect(Collectors.toSet()));
        IdAliases aliases = directory.aliases();
        Set<UUID> existing = store.existing(aliases.ids(users));
        Set<SessionKey> existingSessions = store.existingSessions(sessions.stream().map(aliases::session).toList());
        for (UUID user : users) {
            if (!existing.contains(aliases.user(user)) && !directory.hasPending(user)) {
                remove(new JournalEntry.Erasure(user, Optional.empty(), Set.of()));
            }
        }
        for (SessionKey session : sessions) {
            if (!existingSessions.contains(aliases.session(session)) && !directory.hasPending(session.userId())) {
                remove(new JournalEntry.Erasure(session.userId(), Optional.of(session.sessionId()), Set.of()));
            }
        }
    }

    private void remove(JournalEntry.Erasure erasure) {
        if (folder.erase(erasure) > 0) {
            LOG.info("Journal: removed dead letters of user {}, whose user or session was deleted",
                    erasure.userId());
        }
    }

    @Override
    public int discard(Collection<UUID> roundIds) {
        Set<UUID> wanted = new HashSet<>(roundIds);
        int[] deleted = {0};
        folder.forEach(stored -> {
            DeadLetter letter = stored.letter();
            if (wanted.contains(letter.roundId()) && folder.delete(letter.session().userId(), letter.roundId())) {
                deleted[0]++;
            }
        });
        for (DamagedLetter letter : folder.damaged()) {
            if (wanted.contains(letter.roundId()) && folder.delete(letter.userId(), letter.roundId())) {
                deleted[0]++;
            }
        }
        LOG.info("Journal: {} dead letters discarded", deleted[0]);
        return deleted[0];
    }
}
