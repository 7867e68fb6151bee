package dev.memfuse.engine;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.memfuse.config.section.Durability;

/// The result of adding a batch of messages.
///
/// @param roundId id of the round that holds the batch
/// @param messageIds ids of the messages, in their order
/// @param acknowledgement durability of the batch when the call returned
/// @param transferTriggered whether a limit of the RoundBuffer triggered a transfer of its rounds
/// @param m1 status of the episodic layer for the batch
/// @param m2 status of the semantic layer for the batch
public record AddResult(UUID roundId, List<UUID> messageIds, Acknowledgement acknowledgement, boolean transferTriggered,
        LayerStatus m1, LayerStatus m2) {

    /// Durability of an acknowledged batch.
    public enum Acknowledgement {
        /// Committed in PostgreSQL.
        COMMITTED,
        /// Forced to disk in the journal; stored in PostgreSQL later, even after a crash of the process or machine.
        JOURNALED,
        /// Held in memory. Unsafe: lost when the process ends before the flush.
        MEMORY;

        /// Returns the name used in results: lower case.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Returns a description for the user.
        public String description() {
            return switch (this) {
                case COMMITTED -> "committed in PostgreSQL";
                case JOURNALED -> "journaled on disk";
                case MEMORY -> "held in memory (" + Durability.UNSAFE + ")";
            };
        }
    }

    /// Extraction status of a round in one layer.
    public enum LayerStatus {
        /// The layer is switched off.
        OFF,
        /// Queued: layers process rounds after the acknowledgement.
        QUEUED,
        /// A worker processes the round.
        RUNNING,
        /// The layer has processed the round.
        DONE,
        /// Failed for good: the last attempt took longer than `memory_service.timeout_per_layer`.
        TIMED_OUT,
        /// Failed for good: the last attempt ended with an error.
        FAILED
    }
}
