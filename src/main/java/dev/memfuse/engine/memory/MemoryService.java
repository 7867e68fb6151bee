package dev.memfuse.engine.memory;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.config.section.LayersConfig;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.memory.extraction.Extraction;
import dev.memfuse.engine.memory.layer.LayerListener;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.StoredRound;

/// Writes rounds into M0 and leaves the other layers to [Extraction]: M0 never waits for them. Thread-safe.
public final class MemoryService {
    private final MemoryStore store;
    private final Extraction extraction;
    private final LayerListener built;

    /// @param built is told of chunks that were stored with their messages
    public MemoryService(MemoryStore store, Extraction extraction, LayerListener built) {
        this.store = store;
        this.extraction = extraction;
        this.built = built;
    }

    /// The layers that are switched on.
    public static Set<DerivedLayer> enabled(LayersConfig layers) {
        EnumSet<DerivedLayer> enabled = EnumSet.noneOf(DerivedLayer.class);
        if (layers.m1().enabled()) {
            enabled.add(DerivedLayer.M1);
        }
        if (layers.m2().enabled()) {
            enabled.add(DerivedLayer.M2);
        }
        return Collections.unmodifiableSet(enabled);
    }

    /// Stores rounds of one user; committed when this returns.
    ///
    /// @return sessions that do not exist any more; their rounds were left out
    public Set<SessionKey> store(UUID userId, List<StoredRound> rounds, Duration timeout) {
        Set<SessionKey> missing = store.store(userId, rounds, timeout);
        for (StoredRound round : rounds) {
            if (!missing.contains(round.session())) {
                if (!round.chunks().isEmpty()) {
                    built.chunks(userId, round.chunks());
                }
                extractLater(round);
            }
        }
        return missing;
    }

    private void extractLater(StoredRound round) {
        if (!round.layers().isEmpty()) {
            extraction.submit(round.session(), round.id(), round.layers());
        }
    }
}
