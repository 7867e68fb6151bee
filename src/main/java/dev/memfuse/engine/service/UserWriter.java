package dev.memfuse.engine.service;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.AddResult.Durability;
import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.BufferedRound;
import dev.memfuse.engine.buffer.FlushBatch;
import dev.memfuse.engine.buffer.TokenCounter;
import dev.memfuse.engine.buffer.WriteBuffer;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.memory.MemoryService;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Writes the messages of one user: straight to the memory service, or through the buffers. Thread-safe.
final class UserWriter {
    private final UserState state;
    private final EngineComponents parts;
    private final WriteBuffer buffer;
    private final Supplier<EmbeddingModel> model;

    UserWriter(UserState state, EngineComponents parts, Supplier<EmbeddingModel> model) {
        this.state = state;
        this.parts = parts;
        this.model = model;
        this.buffer = new WriteBuffer(state.buffers(), state.flushOrder(), parts.flush());
    }

    AddResult add(SessionKey session, List<NewMessage> messages, MemFuseConfig config) {
        UUID roundId = UuidCreator.getTimeOrderedEpochPlus1();
        boolean transferred = false;
        if (config.buffer().bypassMode()) {
            addDirectly(roundId, session, messages, config);
        } else {
            transferred = addBuffered(roundId, session, messages, config);
        }
        state.index().added(messages.stream().map(message -> buffered(roundId, session, message)).toList());
        state.queries().written();
        parts.speculation().written(state, messages, config.buffer());
        return new AddResult(roundId, messages.stream().map(NewMessage::id).toList(), durability(config.buffer()),
                transferred, status(config.layers().m1().enabled()), status(config.layers().m2().enabled()));
    }

    private static Durability durability(BufferConfig config) {
        return switch (config.bypassMode() ? dev.memfuse.config.section.Durability.DATABASE : config.durability()) {
            case DATABASE -> Durability.COMMITTED;
            case JOURNAL -> Durability.JOURNALED;
            case MEMORY -> Durability.MEMORY;
        };
    }

    /// The index keeps a message as it is known now: without a place in its session.
    private static Message buffered(UUID roundId, SessionKey session, NewMessage message) {
        return new Message(message.id(), session, roundId, Message.UNASSIGNED, message.role(), message.content(),
                message.createdAt(), Message.Origin.ROUND_BUFFER);
    }

    private static LayerStatus status(boolean enabled) {
        return enabled ? LayerStatus.QUEUED : LayerStatus.OFF;
    }

    /// The plan's bypass (1.2). What an earlier buffered mode left behind goes first, so that the order holds.
    private void addDirectly(UUID roundId, SessionKey session, List<NewMessage> messages, MemFuseConfig config) {
        if (!buffer.isEmpty()) {
            drain();
        }
        Set<DerivedLayer> layers = MemoryService.enabled(config.layers());
        Set<SessionKey> missing = parts.memory().store(session.userId(),
                List.of(new StoredRound(roundId, session, Instant.now(), messages, List.of(), List.of(), layers)),
                Duration.ZERO);
        if (!missing.isEmpty()) {
            throw new NotFoundException("The user has no such session.");
        }
        state.knownSessions().add(session);
    }

    private boolean addBuffered(UUID roundId, SessionKey session, List<NewMessage> messages, MemFuseConfig config) {
        requireSession(session);
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.BUFFER);
        try {
            BufferConfig.RoundBuffer limits = config.buffer().roundBuffer();
            List<Integer> tokens = TokenCounter.forModel(limits.tokenModel()).countUpTo(messages, limits.maxTokens());
            Instant now = Instant.now();
            long lsn = config.buffer().durability() == dev.memfuse.config.section.Durability.JOURNAL
                    ? journal(new JournalEntry.Round(roundId, session, now, messages, tokens))
                    : 0;
            boolean transferred = buffer.add(new BufferedRound(roundId, session, now, messages, tokens, List.of(), lsn),
                    config.buffer(), texts -> parts.chunks().make(before(texts.getFirst().messageId()), texts,
                            config.buffer().hybridBuffer().chunkStrategy(), model.get()));
            if (config.buffer().durability() == dev.memfuse.config.section.Durability.DATABASE) {
                buffer.drain(FlushBatch.Priority.HIGH);
            }
            return transferred;
        } finally {
            trace.exit(outer);
        }
    }

    private long journal(JournalEntry.Round round) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.JOURNAL);
        try {
            return parts.journal().append(round);
        } finally {
            trace.exit(outer);
        }
    }

    /// What was said before a buffered message, if the model wants to know: it is in the buffers too, or else the last
    /// that is stored.
    private String before(UUID messageId) {
        if (!model.get().readsBefore()) {
            return "";
        }
        Map<SessionKey, Message> last = new HashMap<>();
        for (Message message : state.buffers().messages(_ -> true)) {
            Message previous = last.put(message.session(), message);
            if (message.id().equals(messageId)) {
                return Optional.ofNullable(previous)
                        .or(() -> parts.store().before(message.session(), Message.UNASSIGNED)).map(Message::content)
                        .orElse("");
            }
        }
        // Flushed or deleted meanwhile: its chunks are of no use any more.
        return "";
    }

    private void requireSession(SessionKey session) {
        if (state.knownSessions().contains(session)) {
            return;
        }
        if (parts.store().session(session).isEmpty()) {
            throw new NotFoundException("The user has no such session.");
        }
        state.knownSessions().add(session);
    }

    /// Stores everything buffered and waits for it.
    ///
    /// @throws EngineException when it could not be stored; then it is still buffered
    void drain() {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.BUFFER);
        try {
            buffer.drain(FlushBatch.Priority.HIGH);
        } finally {
            trace.exit(outer);
        }
    }
}
