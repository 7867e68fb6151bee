package dev.memfuse.engine.buffer;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;

/// Rounds, batches and limits for tests.
final class Rounds {
    static final BufferConfig.RoundBufferConfig MEMFUSE = new BufferConfig.RoundBufferConfig(800, 5, "gpt-4o-mini");

    private Rounds() {}

    static SessionKey newSession() {
        return new SessionKey(UUID.randomUUID(), UUID.randomUUID());
    }

    /// One message with this number of tokens.
    static BufferedRound counted(SessionKey session, int tokens) {
        return new BufferedRound(UUID.randomUUID(), session, Instant.EPOCH,
                List.of(NewMessage.of(Role.USER, "t" + tokens)), List.of(tokens), List.of(), 0);
    }

    /// One message for each content, each with one token.
    static BufferedRound saying(SessionKey session, String... contents) {
        return new BufferedRound(UUID.randomUUID(), session, Instant.EPOCH,
                Arrays.stream(contents).map(content -> NewMessage.of(Role.USER, content)).toList(),
                Collections.nCopies(contents.length, 1), List.of(), 0);
    }

    static FlushBatch batch(UUID user, FlushBatch.Priority priority, String content) {
        return new FlushBatch(user, priority, List.of(saying(new SessionKey(user, user), content)),
                new CompletableFuture<>());
    }

    /// The text of the first message of a batch.
    static String name(FlushBatch batch) {
        return name(batch.rounds().getFirst());
    }

    /// The text of the first message of a round.
    static String name(PendingRound round) {
        return ((BufferedRound) round).messages().getFirst().content();
    }

    /// Buffers without a journal.
    static UserBuffers buffers(UUID user) {
        return new UserBuffers(user, (_, _) -> {}, new TextBudget(Long.MAX_VALUE));
    }

    static List<String> contents(UserBuffers buffers) {
        return buffers.messages(_ -> true).stream().map(Message::content).toList();
    }

    static BufferConfig.PerformanceConfig flushing(int workers, int queueSize) {
        return new BufferConfig.PerformanceConfig(true, Duration.ofSeconds(60), Duration.ofSeconds(1800), workers,
                queueSize,
                Duration.ofSeconds(30), Duration.ofSeconds(30));
    }
}
