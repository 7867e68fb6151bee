package dev.memfuse.engine.buffer;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.SessionKey;
import org.jspecify.annotations.Nullable;

/// First buffer: collects rounds of one session up to a number of rounds and tokens. Not thread-safe: [UserBuffers]
/// guards it.
///
/// A transfer moves its rounds to the [HybridBuffer]: when the session changes, when the tokens would exceed the limit,
/// and before the number of rounds would exceed its limit. A round that exceeds the limit of tokens alone is
/// transferred at once.
final class RoundBuffer {
    private final List<BufferedRound> rounds = new ArrayList<>();
    private @Nullable SessionKey session;
    private int tokens;

    /// Rounds that an addition transferred.
    ///
    /// @param rounds in their order; may be empty
    /// @param triggered whether a limit caused the transfer, which `transfer_triggered` reports; a change of session
    ///        does not count
    record Transfer(List<BufferedRound> rounds, boolean triggered) {}

    Transfer add(BufferedRound round, BufferConfig.RoundBufferConfig limits) {
        List<BufferedRound> transferred = new ArrayList<>();
        if (session != null && !session.equals(round.session())) {
            transferred.addAll(takeAll());
        }
        session = round.session();
        int added = round.totalTokens();
        if (added > limits.maxTokens()) {
            transferred.addAll(takeAll());
            transferred.add(round);
            return new Transfer(transferred, true);
        }
        boolean full = tokens + added > limits.maxTokens() || rounds.size() >= limits.maxSize();
        if (full) {
            transferred.addAll(takeAll());
        }
        rounds.add(round);
        tokens += added;
        return new Transfer(transferred, full);
    }

    List<BufferedRound> takeAll() {
        List<BufferedRound> taken = List.copyOf(rounds);
        rounds.clear();
        tokens = 0;
        return taken;
    }

    /// Replaces the content after a deletion.
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
