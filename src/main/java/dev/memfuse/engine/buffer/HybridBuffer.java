package dev.memfuse.engine.buffer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Second buffer: holds transferred rounds, with their vectors, until a flush takes them. Not thread-safe:
/// [UserBuffers] guards it.
final class HybridBuffer {
    private final TextBudget budget;
    private final List<PendingRound> rounds = new ArrayList<>();
    private int messages;
    private long oldestNanos;

    /// @param budget reduced by the texts of the rounds in this buffer and of those taken from it, until [#forget]
    HybridBuffer(TextBudget budget) {
        this.budget = budget;
    }

    void add(List<? extends PendingRound> transferred, long nowNanos) {
        insert(rounds.size(), transferred, nowNanos);
    }

    /// Returns rounds to the front after a failed flush.
    void restore(List<? extends PendingRound> failed, long nowNanos) {
        insert(0, failed, nowNanos);
    }

    private void insert(int place, Collection<? extends PendingRound> added, long nowNanos) {
        if (rounds.isEmpty()) {
            oldestNanos = nowNanos;
        }
        rounds.addAll(place, added);
        added.forEach(round -> count(round, 1));
    }

    private void count(PendingRound round, int sign) {
        messages += sign * round.messageCount();
        budget.add(sign * budgeted(round));
    }

    private static long budgeted(PendingRound round) {
        return round instanceof BufferedRound buffered && buffered.lsn() > 0 ? buffered.heapBytes() : 0;
    }

    /// Replaces rounds by their embedded versions. Rounds that were taken or changed since are left as they are, so
    /// that a deletion is not undone.
    void attach(Map<UUID, BufferedRound> embedded) {
        rounds.replaceAll(round -> {
            BufferedRound candidate = round instanceof BufferedRound buffered ? embedded.get(buffered.id()) : null;
            if (candidate == null || !candidate.messages().equals(((BufferedRound) round).messages())) {
                return round;
            }
            count(round, -1);
            count(candidate, 1);
            return candidate;
        });
    }

    /// Removes and returns the oldest rounds.
    ///
    /// @param maxMessages maximum number of messages; a larger first round is taken alone
    /// @param maxBytes maximum size of their texts; a larger first round is taken alone
    List<PendingRound> take(int maxMessages, long maxBytes) {
        int count = 0;
        int taken = 0;
        long bytes = 0;
        while (count < rounds.size()) {
            PendingRound next = rounds.get(count);
            taken += next.messageCount();
            bytes += next.textBytes();
            if (count > 0 && (taken > maxMessages || bytes > maxBytes)) {
                break;
            }
            count++;
        }
        List<PendingRound> oldest = rounds.subList(0, count);
        List<PendingRound> result = List.copyOf(oldest);
        oldest.clear();
        messages -= result.stream().mapToInt(PendingRound::messageCount).sum();
        return result;
    }

    /// Releases the memory of texts of rounds that were taken.
    void forget(List<PendingRound> taken) {
        taken.forEach(round -> budget.add(-budgeted(round)));
    }

    void replace(List<? extends PendingRound> kept) {
        rounds.forEach(round -> count(round, -1));
        rounds.clear();
        rounds.addAll(kept);
        kept.forEach(round -> count(round, 1));
    }

    List<PendingRound> rounds() {
        return rounds;
    }

    /// Returns the number of messages.
    int messages() {
        return messages;
    }

    /// Returns nanoseconds since the oldest round arrived; 0 when empty.
    long ageNanos(long nowNanos) {
        return rounds.isEmpty() ? 0 : nowNanos - oldestNanos;
    }
}
