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
import dev.memfuse.engine.memory.vectors.MessageVectors;
import dev.memfuse.engine.spi.RoundStore;
import dev.memfuse.engine.spi.StoredRound;

/// Stores rounds in M0 and queues the other layers for [Extraction], so that M0 never waits for them. Thread-safe.
public final class MemoryService {
    private final RoundStore store;
    private final Extraction extraction;
    private final LayerListener listener;
    private final MessageVectors vectors;

    /// @param listener receives the chunks that were stored with their messages
    /// @param vectors embeds the messages that M1 does not
    public MemoryService(RoundStore store, Extraction extraction, LayerListener listener, MessageVectors vectors) {
        this.store = store;
        this.extraction = extraction;
        this.listener = listener;
        this.vectors = vectors;
    }

    /// Returns the enabled layers.
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

    /// Stores rounds of one user; they are committed on return.
    ///
    /// @param timeout longest time of one statement; zero for none
    /// @return sessions that no longer exist; their rounds are not stored
    public Set<SessionKey> store(UUID userId, List<StoredRound> rounds, Duration timeout) {
        Set<SessionKey> missing = store.store(userId, rounds, timeout);
        for (StoredRound round : rounds) {
            if (!missing.contains(round.session())) {
                if (!round.chunks().isEmpty()) {
                    listener.chunks(userId, round.chunks());
                }
                queueExtraction(round);
            }
        }
        vectors.stored(userId, missing.isEmpty()
                ? rounds
                : rounds.stream().filter(round -> !missing.contains(round.session())).toList());
        return missing;
    }

    /// Builds again what was made from messages whose texts were replaced in storage.
    public void replaced(UUID userId, List<UUID> messageIds) {
        extraction.recover(List.of(userId));
        vectors.replaced(userId, messageIds);
    }

    private void queueExtraction(StoredRound round) {
        if (!round.layers().isEmpty()) {
            extraction.submit(round.session(), round.id(), round.layers());
        }
    }
}
