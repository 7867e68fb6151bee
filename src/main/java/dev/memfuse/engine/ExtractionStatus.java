package dev.memfuse.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The work list of extraction, over all users.
///
/// @param layers per layer
/// @param deadLetters the newest items that were given up, at most a hundred
public record ExtractionStatus(Map<DerivedLayer, Backlog> layers, List<DeadLetter> deadLetters) {
    public ExtractionStatus {
        layers = Map.copyOf(layers);
        deadLetters = List.copyOf(deadLetters);
    }

    /// What a layer has to do.
    public Backlog of(DerivedLayer layer) {
        return layers.getOrDefault(layer, Backlog.NONE);
    }

    /// What one layer has to do.
    ///
    /// @param waiting items that nobody works on
    /// @param running items somebody works on, in this or another process
    /// @param oldest when the oldest unfinished round was added; empty when there is none
    /// @param dead items that were given up
    public record Backlog(int waiting, int running, Optional<Instant> oldest, int dead) {
        /// Nothing to do.
        public static final Backlog NONE = new Backlog(0, 0, Optional.empty(), 0);
    }

    /// An item that was given up.
    ///
    /// @param result its state, attempts and reason
    /// @param at when it was given up
    public record DeadLetter(UUID userId, UUID roundId, LayerResult result, Instant at) {}
}
