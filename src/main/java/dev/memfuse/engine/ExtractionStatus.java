package dev.memfuse.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Status of the work list of extraction, over all users.
///
/// @param layers work of each layer
/// @param deadLetters newest failed items, at most 100
public record ExtractionStatus(Map<DerivedLayer, LayerBacklog> layers, List<DeadLetter> deadLetters) {
    public ExtractionStatus {
        layers = Map.copyOf(layers);
        deadLetters = List.copyOf(deadLetters);
    }

    /// Returns the work of a layer.
    public LayerBacklog of(DerivedLayer layer) {
        return layers.getOrDefault(layer, LayerBacklog.NONE);
    }

    /// Work of one layer.
    ///
    /// @param waiting number of queued items
    /// @param running number of items in work, in this or another process
    /// @param oldest time when the oldest unfinished round was added; empty when there is none
    /// @param dead number of failed items
    public record LayerBacklog(int waiting, int running, Optional<Instant> oldest, int dead) {
        /// No work.
        public static final LayerBacklog NONE = new LayerBacklog(0, 0, Optional.empty(), 0);
    }

    /// An item whose last attempt failed; [MemoryEngine#retryFailed] requeues it.
    ///
    /// @param result status, attempts and reason
    /// @param at time of the last attempt
    public record DeadLetter(UUID userId, UUID roundId, LayerResult result, Instant at) {}
}
