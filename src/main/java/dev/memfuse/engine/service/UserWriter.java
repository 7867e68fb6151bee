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
import dev.memfuse.config.section.Durability;
import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.BufferedRound;
import dev.memfuse.engine.buffer.FlushBatch;
import dev.memfuse.engine.buffer.TokenCounter;
import dev.memfuse.engine.buffer.WriteBuffer;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.memory.MemoryService;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Writes the messages of one user, directly to the memory service or through the buffers. Thread-safe.
final class UserWriter {
    private final UserState state;
    private final ServiceContext context;
    private final WriteBuffer buffer;
    private final Supplier<EmbeddingModel> model;

    UserWriter(UserState state, ServiceContext context, Supplier<EmbeddingModel> model) {
        this.state = state;
        this.context = context;
        this.model = model;
        this.buffer = new WriteBuffer(state.buffers(), state.flushOrder(), context.flush());
    }

    /// Adds messages as one round and acknowledges them according to the configured durability.
    ///
    /// @throws NotFoundException when the session does not exist
    AddResult add(SessionKey session, List<NewMessage> messages, MemFuseConfig config) {
        UUID roundId = UuidCreator.getTimeOrderedEpochPlus1();
        boolean transferred = false;
        if (config.buffer().bypassMode()) {
            addDirectly(roundId, session, messages, config);
        } else {
            transferred = addBuffered(roundId, session, messages, config);
        }
        state.index().addMessages(messages.stream().map(message -> buffered(roundId, session, message)).toList());
        state.queries().invalidate();
        context.speculation().recordWrite(state, messages, config.buffer());
        context.ahead().written(state);
        return new AddResult(roundId, messages.stream().map(NewMessage::id).toList(), acknowledgement(config.buffer()),
                transferred, status(config.layers().m1().enabled()), status(config.layers().m2().enabled()));
    }

    private static Acknowledgement acknowledgement(BufferConfig config) {
        return switch (config.bypassMode() ? Durability.DATABASE : config.durability()) {
            case DATABASE -> Acknowledgement.COMMITTED;
            case JOURNAL -> Acknowledgement.JOURNALED;
            case MEMORY -> Acknowledgement.MEMORY;
        };
    }

    /// Returns a message as the index takes it: not stored yet, so without a sequence.
    private static Message buffered(UUID roundId, SessionKey session, NewMessage message) {
        return new Message(message.id(), session, roundId, Message.UNASSIGNED, message.role(), message.content(),
                message.createdAt(), Optional.empty(), Message.Origin.ROUND_BUFFER);
    }

    private static LayerStatus status(boolean enabled) {
        return enabled ? LayerStatus.QUEUED : LayerStatus.OFF;
    }

    /// Writes without buffers (bypass, 1.2 of the plan). Messages still buffered are stored first, to keep the order.
    private void addDirectly(UUID roundId, SessionKey session, List<NewMessage> messages, MemFuseConfig config) {
        if (!buffer.isEmpty()) {
            drain();
        }
        Set<DerivedLayer> layers = MemoryService.enabled(config.layers());
        Set<SessionKey> missing = context.memory().store(session.userId(),
                List.of(new StoredRound(roundId, session, Instant.now(), messages, List.of(), List.of(), layers)),
                Duration.ZERO);
        if (!missing.isEmpty()) {
            throw new NotFoundException("The user has no such session.");
        }
        state.sessions().add(session);
    }

    private boolean addBuffered(UUID roundId, SessionKey session, List<NewMessage> messages, MemFuseConfig config) {
        requireSession(session);
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.BUFFER);
        try {
            BufferConfig.RoundBufferConfig limits = config.buffer().roundBuffer();
            List<Integer> tokens = TokenCounter.forModel(limits.tokenModel()).countUpTo(messages, limits.maxTokens());
            Instant now = Instant.now();
            long lsn = config.buffer().durability() == Durability.JOURNAL
                    ? journal(new JournalEntry.Round(roundId, session, now, messages, tokens))
                    : 0;
            boolean awaited = config.buffer().durability() == Durability.DATABASE;
            if (awaited) {
                state.buffers().await(roundId);
            }
            boolean transferred = buffer.add(new BufferedRound(roundId, session, now, messages, tokens, List.of(), lsn),
                    config.buffer(), texts -> context.chunks().make(precedingText(texts.getFirst().messageId()), texts,
                            config.buffer().hybridBuffer().chunkStrategy(), model.get()));
            if (awaited) {
                drainAwaiting(roundId);
            }
            return transferred;
        } finally {
            // After a failure too: the round may be in the buffers already.
            state.activity().buffered();
            trace.exit(outer);
        }
    }

    /// Stores the buffered messages.
    ///
    /// @throws EngineException when storage refuses the round, which is then not kept, or cannot be reached
    private void drainAwaiting(UUID roundId) {
        Optional<EngineException> refusal;
        try {
            buffer.drain(FlushBatch.Priority.HIGH);
        } finally {
            refusal = state.buffers().endAwait(roundId);
        }
        refusal.ifPresent(cause -> {
            throw cause;
        });
    }

    private long journal(JournalEntry.Round round) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.JOURNAL);
        try {
            return context.journal().append(round);
        } finally {
            trace.exit(outer);
        }
    }

    /// Returns the text of the message before a buffered message, from the buffers or else from storage; empty when the
    /// model does not use it.
    private String precedingText(UUID messageId) {
        if (!model.get().usesPrecedingText()) {
            return "";
        }
        Map<SessionKey, Message> last = new HashMap<>();
        for (Message message : state.buffers().messagesInMemory()) {
            Message previous = last.put(message.session(), message);
            if (message.id().equals(messageId)) {
                return Optional.ofNullable(previous)
                        .or(() -> context.store().messages().before(message.session(), Message.UNASSIGNED))
                        .map(Message::content)
                        .orElse("");
            }
        }
        // The message was flushed or deleted since; its chunks will be discarded.
        return "";
    }

    private void requireSession(SessionKey session) {
        if (state.sessions().contains(session)) {
            return;
        }
        if (!context.directory().exists(session)) {
            throw new NotFoundException("The user has no such session.");
        }
        state.sessions().add(session);
    }

    private void drain() {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.BUFFER);
        try {
            buffer.drain(FlushBatch.Priority.HIGH);
        } finally {
            trace.exit(outer);
        }
    }
}
