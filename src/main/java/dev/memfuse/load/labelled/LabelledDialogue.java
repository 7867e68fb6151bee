package dev.memfuse.load.labelled;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import dev.memfuse.engine.Role;

/// A short dialogue with all facts that it states.
///
/// @param id unique in its set
/// @param language two letters of ISO 639
/// @param category what the dialogue is about, for instance `move`
/// @param turns in their order; turns of the same day that follow each other are one round
/// @param facts all facts that a memory should or may make; empty for small talk
/// @param untrue numbers of turns that state nothing true about their speaker, from 1: quotations, irony, secrets
public record LabelledDialogue(String id, String language, String category, List<Turn> turns,
        List<LabelledFact> facts, List<Integer> untrue) {
    private static final int HOUR = 9;

    public LabelledDialogue {
        turns = turns == null ? List.of() : List.copyOf(turns);
        facts = facts == null ? List.of() : List.copyOf(facts);
        untrue = untrue == null ? List.of() : List.copyOf(untrue);
    }

    /// One message.
    ///
    /// @param at day, or instant, in ISO 8601
    /// @param role `user` or `assistant`
    /// @param text at least one character
    public record Turn(String at, String role, String text) {
        public Turn {
            role = role == null ? Role.USER.label() : role;
        }

        /// Returns the time of the message; 9 o'clock in UTC when only the day is known.
        public Instant time() {
            return at.length() == 10
                    ? LocalDate.parse(at).atTime(HOUR, 0).toInstant(ZoneOffset.UTC)
                    : Instant.parse(at);
        }

        /// Returns its author.
        public Role author() {
            return Role.of(role);
        }
    }
}
