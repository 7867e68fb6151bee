package dev.memfuse.engine;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A fact extracted from messages (M2), or entered by hand as [Knowledge]. A fact by hand is its own first source, and
/// has neither session nor round: their ids are [#NO_ID].
///
/// @param id UUIDv7
/// @param session session of the first source message
/// @param roundId round of the first source message
/// @param messageIds source messages, at least one; `content` comes from the first one, the others state the same
/// @param content a statement
/// @param type personal, preference, decision, temporal or general
/// @param confidence 0..1
/// @param entities names in the content
/// @param claim value that it asserts for a single-valued attribute; empty when none was recognised
/// @param time time of observation and period of validity
/// @param conflictsWith ids of facts that contradict it, when nothing says which of the two holds; of facts that were
///        read as current only current ones
/// @param vector normalised embedding of the content
/// @param model name of the embedding model
@SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
public record Fact(UUID id, SessionKey session, UUID roundId, List<UUID> messageIds, String content, String type,
        double confidence, List<String> entities, Optional<Claim> claim, FactTime time,
        List<UUID> conflictsWith, float[] vector, String model) {
    /// Stands for the session and the round of a fact by hand.
    public static final UUID NO_ID = new UUID(0, 0);
    /// Type of facts that belong to no other one.
    private static final String GENERAL = "general";

    public Fact {
        conflictsWith = List.copyOf(conflictsWith);
    }

    /// Returns a fact by hand.
    ///
    /// @param time its creation and last change, as validity and observation
    public static Fact byHand(UUID userId, UUID id, String content, FactTime time, float[] vector, String model) {
        return new Fact(id, new SessionKey(userId, NO_ID), NO_ID, List.of(id), content, GENERAL, 1, List.of(),
                Optional.empty(), time, List.of(), vector, model);
    }

    /// Returns whether the fact was entered by hand.
    public boolean isByHand() {
        return messageIds.getFirst().equals(id);
    }

    /// Returns the fact with another time.
    public Fact at(FactTime other) {
        return new Fact(id, session, roundId, messageIds, content, type, confidence, entities, claim, other,
                conflictsWith, vector, model);
    }

    /// Returns the fact with the ids of facts that contradict it.
    public Fact inConflictWith(List<UUID> others) {
        return new Fact(id, session, roundId, messageIds, content, type, confidence, entities, claim, time, others,
                vector, model);
    }
}
