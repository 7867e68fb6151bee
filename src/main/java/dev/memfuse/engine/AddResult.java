package dev.memfuse.engine;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// What became of a batch that was added.
///
/// @param roundId identity of the batch
/// @param messageIds the ids, in the order given
/// @param durability what the acknowledgement is worth
/// @param transferTriggered whether the RoundBuffer handed its rounds on
/// @param m1 what the episodic layer does with the batch
/// @param m2 what the semantic layer does with the batch
public record AddResult(UUID roundId, List<UUID> messageIds, Durability durability, boolean transferTriggered,
        LayerStatus m1, LayerStatus m2) {

    /// What an acknowledgement is worth.
    public enum Durability {
        /// Committed in PostgreSQL.
        COMMITTED,
        /// Forced to disk in the journal; stored in PostgreSQL later, whatever dies before.
        JOURNALED,
        /// Held in memory. Unsafe: lost when the process dies before the flush.
        MEMORY;

        /// The name used in results: lower case.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// What it means, for the user.
        public String words() {
            return switch (this) {
                case COMMITTED -> "committed in PostgreSQL";
                case JOURNALED -> "journaled on disk, then stored in PostgreSQL";
                case MEMORY -> "held in memory (" + dev.memfuse.config.section.Durability.UNSAFE + ")";
            };
        }
    }

    /// What a layer does with a batch.
    public enum LayerStatus {
        /// The layer is switched off.
        OFF,
        /// The layer will process the batch behind the acknowledgement.
        QUEUED,
        /// The layer processes it now.
        RUNNING,
        /// The layer has processed it.
        DONE,
        /// Given up: each attempt took longer than `memory_service.timeout_per_layer`.
        TIMED_OUT,
        /// Given up: the last attempt failed.
        FAILED
    }
}
