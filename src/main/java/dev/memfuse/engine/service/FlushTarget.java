package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.BufferedRound;
import dev.memfuse.engine.buffer.FlushBatch;
import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.memory.MemoryService;
import dev.memfuse.engine.spi.StoredRound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Target of the [FlushManager]: stores batches in the memory service, then releases their rounds in the buffers and in
/// the journal. [EngineRuntime] creates it; the flush manager holds it.
final class FlushTarget implements FlushManager.Target {
    private static final Logger LOG = LoggerFactory.getLogger(FlushTarget.class);

    private final UserStates states;
    private final Directory directory;
    private final MemoryService memory;
    private final Journal journal;
    private final Tunables tunables;

    FlushTarget(UserStates states, Directory directory, MemoryService memory, Journal journal, Tunables tunables) {
        this.states = states;
        this.directory = directory;
        this.memory = memory;
        this.journal = journal;
        this.tunables = tunables;
    }

    @Override
    public void store(FlushBatch batch, Duration timeout) {
        directory.settle(batch.userId());
        UUID owner = directory.aliases().user(batch.userId());
        Set<DerivedLayer> layers = MemoryService.enabled(tunables.get().layers());
        List<StoredRound> rounds = batch.rounds().stream().map(round -> round.toStored(layers))
                .map(round -> round.in(directory.aliases().session(round.session()))).toList();
        Set<SessionKey> missing = memory.store(owner, rounds, timeout);
        if (!owner.equals(batch.userId())) {
            states.find(owner).ifPresent(UserState::refresh);
        }
        if (!missing.isEmpty()) {
            LOG.info("Flush: skipped the rounds of {} deleted sessions", missing.size());
        }
    }

    @Override
    public void stored(FlushBatch batch) {
        batch.rounds().stream().mapToLong(BufferedRound::lsn).filter(lsn -> lsn > 0).forEach(journal::release);
        with(batch, state -> state.buffers().stored(batch));
    }

    @Override
    public void failed(FlushBatch batch, EngineException cause) {
        with(batch, state -> state.buffers().restore(batch, cause));
    }

    private void with(FlushBatch batch, Consumer<UserState> action) {
        states.find(batch.userId()).ifPresentOrElse(action, () -> batch.done().complete(null));
    }
}
