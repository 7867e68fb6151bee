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
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StatementFailedException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.journal.DeadLetterFolder;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.RefusedRound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists, stores again and discards the rounds that storage refused. Thread-safe.
final class DeadLetterOffice implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterOffice.class);

    private final DeadLetterFolder folder;
    private final UnsettledCreations creations;
    private final UserStates states;
    private final UserLocks locks;
    private final RoundStorage storage;
    private final MemoryStore store;
    private final Tunables tunables;
    /// Number of letters that the last sweep found to be unknown.
    private volatile int unknown;

    DeadLetterOffice(DeadLetterFolder folder, UnsettledCreations creations, UserStates states, UserLocks locks,
            RoundStorage storage, MemoryStore store, Tunables tunables) {
        this.folder = folder;
        this.creations = creations;
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
        DELETED,
        UNKNOWN
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
                results.getOrDefault(Result.DELETED, 0), results.getOrDefault(Result.UNKNOWN, 0));
        LOG.info("Journal: {} dead letters stored, {} refused again, {} of deleted sessions removed, {} of unknown "
                + "sessions kept", retry.stored(), retry.refused(), retry.deleted(), retry.unknown());
        return retry;
    }

    private Result storeAgain(DeadLetterFolder.Stored stored) {
        DeadLetter letter = stored.letter();
        UUID userId = letter.session().userId();
        creations.findAliases(Set.of(userId, letter.session().sessionId()));
        Duration timeout = tunables.get().buffer().performance().flushTimeout();
        try {
            if (!storage.store(userId, List.of(BufferedJournal.buffered(stored.round(), 0)), timeout).isEmpty()) {
                if (store.refusedRounds().known(List.of(new RefusedRound(userId, letter.roundId()))).isEmpty()) {
                    return Result.UNKNOWN;
                }
                folder.delete(userId, letter.roundId());
                return Result.DELETED;
            }
        } catch (StatementFailedException e) {
            folder.add(stored.round(), Instant.now(), String.valueOf(e.getMessage()));
            return Result.REFUSED;
        }
        delete(userId, letter.roundId());
        SessionKey session = creations.aliases().session(letter.session());
        states.find(session.userId()).ifPresent(state -> {
            state.index().addMessages(letter.messages().stream().map(message -> new Message(message.id(), session,
                    letter.roundId(), Message.UNASSIGNED, message.role(), message.content(), message.createdAt(),
                    Optional.empty(), Message.Origin.ROUND_BUFFER)).toList());
            state.queries().invalidate();
        });
        return Result.STORED;
    }

    /// Deletes a letter and the note of its round. The notes of deleted data stay: an older copy of the data folder may
    /// bring a letter back.
    private boolean delete(UUID userId, UUID roundId) {
        boolean deleted = folder.delete(userId, roundId);
        try {
            store.refusedRounds().forget(List.of(new RefusedRound(userId, roundId)));
        } catch (EngineException e) {
            LOG.debug("Journal: round {} stays noted as refused in the database", roundId, e);
        }
        return deleted;
    }

    @Override
    public Set<UUID> unknown() {
        return lettersByState().unknown().stream().map(RefusedRound::roundId).collect(Collectors.toSet());
    }

    /// Letters by the state of their sessions.
    ///
    /// @param present those whose session exists and that are not noted yet
    /// @param deleted those whose session was deleted
    /// @param unknown those of sessions that this database does not have and of rounds that it never refused
    private record LettersByState(Set<RefusedRound> present, Set<RefusedRound> deleted, Set<RefusedRound> unknown) {}

    /// Groups the letters. Those of users with creations that are in the journal only are in no group: the database may
    /// have refused a round because it refuses its session.
    private LettersByState lettersByState() {
        List<DeadLetterFolder.Place> places = folder.places();
        LettersByState letters = new LettersByState(new HashSet<>(), new HashSet<>(), new HashSet<>());
        if (places.isEmpty()) {
            return letters;
        }
        Set<UUID> users = places.stream().map(DeadLetterFolder.Place::userId).collect(Collectors.toSet());
        Set<SessionKey> sessions = places.stream().flatMap(place -> place.session().stream())
                .collect(Collectors.toSet());
        creations.findAliases(Stream.concat(users.stream(), sessions.stream().map(SessionKey::sessionId))
                .collect(Collectors.toSet()));
        IdAliases aliases = creations.aliases();
        Set<UUID> existing = store.erasures().existing(aliases.ids(users));
        Set<SessionKey> existingSessions = store.erasures()
                .existingSessions(sessions.stream().map(aliases::session).toList());
        Set<RefusedRound> known = store.refusedRounds().known(places.stream().map(DeadLetterOffice::round).toList());
        for (DeadLetterFolder.Place place : places) {
            boolean present = existing.contains(aliases.user(place.userId()))
                    && place.session().map(aliases::session).map(existingSessions::contains).orElse(true);
            RefusedRound round = round(place);
            if (present) {
                letters.present().add(round);
            } else if (!creations.hasPending(place.userId())) {
                (known.contains(round) ? letters.deleted() : letters.unknown()).add(round);
            }
        }
        letters.present().removeAll(known);
        return letters;
    }

    private static RefusedRound round(DeadLetterFolder.Place place) {
        return new RefusedRound(place.userId(), place.roundId());
    }

    /// Removes the letters of users and sessions that were deleted, whoever deleted them.
    ///
    /// @throws StorageUnavailableException when the database is away
    void removeDeleted() {
        if (folder.count() == 0) {
            unknown = 0;
            return;
        }
        LettersByState letters = lettersByState();
        store.refusedRounds().note(letters.present());
        for (RefusedRound round : letters.deleted()) {
            if (folder.delete(round.userId(), round.roundId())) {
                LOG.info("Journal: removed dead letter {} of user {}, whose user or session was deleted",
                        round.roundId(), round.userId());
            }
        }
        letters.deleted().stream().map(RefusedRound::userId).distinct().forEach(folder::removeIfEmpty);
        if (letters.unknown().size() != unknown) {
            unknown = letters.unknown().size();
            LOG.warn("Journal: {} dead letters belong to users or sessions that this database does not have. They are "
                    + "kept; 'dead-letters' lists them.", unknown);
        }
    }

    @Override
    public int discard(Collection<UUID> roundIds) {
        Set<UUID> wanted = new HashSet<>(roundIds);
        int[] deleted = {0};
        folder.forEach(stored -> {
            DeadLetter letter = stored.letter();
            if (wanted.contains(letter.roundId()) && delete(letter.session().userId(), letter.roundId())) {
                deleted[0]++;
            }
        });
        for (DamagedLetter letter : folder.damaged()) {
            if (wanted.contains(letter.roundId()) && delete(letter.userId(), letter.roundId())) {
                deleted[0]++;
            }
        }
        LOG.info("Journal: {} dead letters discarded", deleted[0]);
        return deleted[0];
    }
}
