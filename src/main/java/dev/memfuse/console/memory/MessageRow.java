package dev.memfuse.console.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.engine.Inspection.MessageLayers;
import dev.memfuse.engine.Message;

/// A message of the conversation with the layers that hold it.
///
/// @param layers empty when they are not known: the message is not stored, or the database is away
record MessageRow(Message message, Optional<MessageLayers> layers) {

    /// Whether what a badge says is done.
    enum Kind {
        STORED,
        WAITING,
        DERIVED
    }

    /// A word or two about a message.
    record Badge(String text, Kind kind, String meaning) {}

    /// Returns whether the message waits in a buffer.
    boolean buffered() {
        return message.origin() != Message.Origin.DATABASE;
    }

    /// Returns the badges in the order of the message's way.
    List<Badge> badges() {
        List<Badge> badges = new ArrayList<>();
        badges.add(switch (message.origin()) {
            case ROUND_BUFFER -> new Badge("Round buffer", Kind.WAITING, "Acknowledged; waits in the RoundBuffer.");
            case HYBRID_BUFFER -> new Badge("Hybrid buffer", Kind.WAITING, "Acknowledged; waits in the HybridBuffer.");
            case IN_FLIGHT -> new Badge("In flight", Kind.WAITING, "Is being written to the database.");
            case DATABASE -> new Badge("Stored", Kind.STORED, "Stored in the database (M0).");
        });
        layers.ifPresent(found -> {
            if (found.hasVector()) {
                badges.add(new Badge("Vector", Kind.DERIVED, found.embedded()
                        ? "Has a vector of its own."
                        : "Its chunk has a vector."));
            }
            count(found.chunks(), "chunk", "Chunks (M1) that contain it.", badges);
            count(found.episodes(), "episode", "Episodes (M1) of its round.", badges);
            count(found.facts(), "fact", "Facts (M2) from it, superseded ones included.", badges);
        });
        return badges;
    }

    private static void count(int number, String noun, String meaning, List<Badge> into) {
        if (number > 0) {
            into.add(new Badge(number + " " + noun + (number == 1 ? "" : "s"), Kind.DERIVED, meaning));
        }
    }

    /// Returns role, time and position in one line.
    String head() {
        return RoleLabels.of(message.role()) + "  "
                + Formats.moment(message.createdAt())
                + (message.sequence() == Message.UNASSIGNED ? "" : "  #" + message.sequence());
    }
}
