package dev.memfuse.engine.buffer;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.SessionKey;
import org.jspecify.annotations.Nullable;

/// The first buffer: collects the rounds of one session until they are many or long. Not thread-safe: [UserBuffers]
/// guards it.
///
/// Rounds are handed on when the session changes, when the tokens would exceed the limit (strictly), and before one
/// round more than allowed is added. A round that exceeds the limit alone is handed on at once.
final class RoundBuffer {
    private final List<BufferedRound> rounds = new ArrayList<>();
    private @Nullable SessionKey session;
    private int tokens;

    /// What an addition handed on.
    ///
    /// @param rounds in their order; empty when everything stayed
    /// @param triggered what `transfer_triggered` reports: a change of session alone does not count
    record Transfer(List<BufferedRound> rounds, boolean triggered) {}

    Transfer add(BufferedRound round, BufferConfig.RoundBuffer limits) {
        List<BufferedRound> handedOn = new ArrayList<>();
        if (session != null && !session.equals(round.session())) {
            handedOn.addAll(takeAll());
        }
        session = round.session();
        int added = round.totalTokens();
        if (added > limits.maxTokens()) {
            handedOn.addAll(takeAll());
            handedOn.add(round);
            return new Transfer(handedOn, true);
        }
        boolean full = tokens + added > limits.maxTokens() || rounds.size() >= limits.maxSize();
        if (full) {
            handedOn.addAll(takeAll());
        }
        rounds.add(round);
        tokens += added;
        return new Transfer(handedOn, full);
    }

    List<BufferedRound> takeAll() {
        List<BufferedRound> taken = List.copyOf(rounds);
        rounds.clear();
        tokens = 0;
        return taken;
    }

    /// Replaces the content, after a deletion.
    void replace(List<BufferedRound> kept) {
        rounds.clear();
        rounds.addAll(kept);
        tokens = kept.stream().mapToInt(BufferedRound::totalTokens).sum();
    }

    List<BufferedRound> rounds() {
        return rounds;
    }

    int tokens() {
        return tokens;
    }
}
