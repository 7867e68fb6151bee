package dev.memfuse.engine.buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Second buffer: holds transferred rounds, with their vectors, until a flush takes them. Not thread-safe:
/// [UserBuffers] guards it.
final class HybridBuffer {
    private final List<BufferedRound> rounds = new ArrayList<>();
    private long oldestNanos;

    void add(List<BufferedRound> transferred, long nowNanos) {
        if (rounds.isEmpty()) {
            oldestNanos = nowNanos;
        }
        rounds.addAll(transferred);
    }

    /// Replaces rounds by their embedded versions. Rounds that were taken or changed since are left as they are, so
    /// that a deletion is not undone.
    void attach(Map<UUID, BufferedRound> embedded) {
        rounds.replaceAll(round -> {
            BufferedRound candidate = embedded.get(round.id());
            return candidate != null && candidate.messages().equals(round.messages()) ? candidate : round;
        });
    }

    /// Returns rounds to the front after a failed flush.
    void restore(List<BufferedRound> failed, long nowNanos) {
        if (rounds.isEmpty()) {
            oldestNanos = nowNanos;
        }
        rounds.addAll(0, failed);
    }

    /// Removes and returns the oldest rounds.
    ///
    /// @param maxMessages maximum number of messages; a larger first round is taken alone
    List<BufferedRound> take(int maxMessages) {
        int count = 0;
        int messages = 0;
        while (count < rounds.size() && (count == 0 || messages + rounds.get(count).messages().size() <= maxMessages)) {
            messages += rounds.get(count).messages().size();
            count++;
        }
        List<BufferedRound> oldest = rounds.subList(0, count);
        List<BufferedRound> taken = List.copyOf(oldest);
        oldest.clear();
        return taken;
    }

    void replace(List<BufferedRound> kept) {
        rounds.clear();
        rounds.addAll(kept);
    }

    List<BufferedRound> rounds() {
        return rounds;
    }

    /// Returns nanoseconds since the oldest round arrived; 0 when empty.
    long ageNanos(long nowNanos) {
        return rounds.isEmpty() ? 0 : nowNanos - oldestNanos;
    }
}
