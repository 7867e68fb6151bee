package dev.memfuse.engine.buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The second buffer: rounds with their vectors, until a flush takes them. Not thread-safe: [UserBuffers] guards it.
final class HybridBuffer {
    private final List<BufferedRound> rounds = new ArrayList<>();
    private long oldestNanos;

    void add(List<BufferedRound> handedOn, long nowNanos) {
        if (rounds.isEmpty()) {
            oldestNanos = nowNanos;
        }
        rounds.addAll(handedOn);
    }

    /// Attaches what the transfer embedded to those rounds that are still here and still hold the same messages: a
    /// deletion meanwhile must not be taken back.
    void attach(Map<UUID, BufferedRound> embedded) {
        rounds.replaceAll(round -> {
            BufferedRound made = embedded.get(round.id());
            return made != null && made.messages().equals(round.messages()) ? made : round;
        });
    }

    /// Puts rounds back at the front after a flush that failed for good.
    void restore(List<BufferedRound> failed, long nowNanos) {
        if (rounds.isEmpty()) {
            oldestNanos = nowNanos;
        }
        rounds.addAll(0, failed);
    }

    /// Takes the oldest rounds: at least one when there is one, and not more than so many messages otherwise.
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

    /// Nanoseconds since the oldest round came; 0 when empty.
    long ageNanos(long nowNanos) {
        return rounds.isEmpty() ? 0 : nowNanos - oldestNanos;
    }
}
