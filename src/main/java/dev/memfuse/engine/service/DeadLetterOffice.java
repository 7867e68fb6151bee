package dev.memfuse.engine.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.DeadLetters;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.StatementFailedException;
import dev.memfuse.engine.journal.DeadLetterFolder;
import dev.memfuse.engine.memory.MemoryService;
import dev.memfuse.engine.spi.StoredRound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists, stores again and discards the rounds that storage refused. Thread-safe.
final class DeadLetterOffice implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterOffice.class);

    private final DeadLetterFolder folder;
    private final Directory directory;
    private final UserStates states;
    private final UserLocks locks;
    private final MemoryService memory;
    private final StorageHealth health;
    private final Tunables tunables;

    DeadLetterOffice(DeadLetterFolder folder, Directory directory, UserStates states, UserLocks locks,
            MemoryService memory, StorageHealth health, Tunables tunables) {
        this.folder = folder;
        this.directory = directory;
        this.states = states;
        this.locks = locks;
        this.memory = memory;
        this.health = health;
        this.tunables = tunables;
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
    public Retry retry(Collection<UUID> roundIds) {
        Set<UUID> wanted = new HashSet<>(roundIds);
        int[] results = new int[2];
        folder.forEach(stored -> {
            if (wanted.contains(stored.letter().roundId())) {
                boolean accepted = locks.shared(stored.letter().session().userId(), () -> storeAgain(stored));
                results[accepted ? 0 : 1]++;
            }
        });
        LOG.info("Journal: {} dead letters stored, {} refused again", results[0], results[1]);
        return new Retry(results[0], results[1]);
    }

    private boolean storeAgain(DeadLetterFolder.Stored stored) {
        DeadLetter letter = stored.letter();
        SessionKey session = directory.aliases().session(letter.session());
        StoredRound round = new StoredRound(letter.roundId(), session, letter.createdAt(), letter.messages(),
                stored.round().tokens(), List.of(), MemoryService.enabled(tunables.get().layers()));
        Duration timeout = tunables.get().buffer().performance().flushTimeout();
        try {
            if (!health.observe(() -> memory.store(session.userId(), List.of(round), timeout)).isEmpty()) {
                folder.add(stored.round(), Instant.now(), "Its session does not exist.");
                return false;
            }
        } catch (StatementFailedException e) {
            folder.add(stored.round(), Instant.now(), String.valueOf(e.getMessage()));
            return false;
        }
        folder.delete(letter.session().userId(), letter.roundId());
        states.find(session.userId()).ifPresent(state -> {
            state.index().addMessages(letter.messages().stream().map(message -> new Message(message.id(), session,
                    letter.roundId(), Message.UNASSIGNED, message.role(), message.content(), message.createdAt(),
                    Message.Origin.ROUND_BUFFER)).toList());
            state.queries().invalidate();
        });
        return true;
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
        LOG.info("Journal: {} dead letters discarded", deleted[0]);
        return deleted[0];
    }
}
