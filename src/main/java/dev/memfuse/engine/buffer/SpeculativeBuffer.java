package dev.memfuse.engine.buffer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.QueryRequest;

/// Predicts the next queries of one user after a write: what the user asked lately, then what was just said, since agents
/// often ask with the turn itself. An answer worked out for such a prediction serves an equal request only. Whoever works
/// them out does so in one run at a time: [#written] says when to begin one, [#next] gives it the newest predictions
/// until none are left. Thread-safe; no call blocks.
public final class SpeculativeBuffer {
    /// So many predictions in a row without a query: the user only writes, and nothing is predicted until a query comes.
    static final int PATIENCE = 8;

    private final SequencedSet<QueryRequest> asked = new LinkedHashSet<>();
    private final Deque<String> said = new ArrayDeque<>();
    private long writes;
    private long predictedAfter;
    private int unasked;
    private boolean running;

    /// What the user may ask next.
    ///
    /// @param write the number of the write it follows
    /// @param requests most likely first, all different
    public record Prediction(long write, List<QueryRequest> requests) {}

    /// The user asked this.
    public synchronized void asked(QueryRequest request, BufferConfig.SpeculativeBuffer limits) {
        unasked = 0;
        asked.addLast(request);
        while (asked.size() > limits.maxSize()) {
            asked.removeFirst();
        }
    }

    /// The user wrote these messages. Called before the write is acknowledged: only references are kept.
    ///
    /// @return whether a run must begin now
    public synchronized boolean written(List<NewMessage> messages, BufferConfig.SpeculativeBuffer limits) {
        int window = limits.contextWindow();
        for (NewMessage message : messages.subList(Math.max(0, messages.size() - window), messages.size())) {
            said.addLast(message.content());
        }
        while (said.size() > window) {
            said.removeFirst();
        }
        writes++;
        if (running || asked.isEmpty() || unasked >= PATIENCE) {
            return false;
        }
        running = true;
        return true;
    }

    /// The predictions for the run to work out next; empty ends the run, because nothing was written since the last ones.
    public synchronized Optional<Prediction> next(BufferConfig.SpeculativeBuffer limits) {
        if (predictedAfter == writes || asked.isEmpty() || unasked >= PATIENCE) {
            running = false;
            return Optional.empty();
        }
        predictedAfter = writes;
        unasked++;
        return Optional.of(new Prediction(writes, requests(limits)));
    }

    /// Room is kept for both: a user with many questions would leave none for what was said.
    private List<QueryRequest> requests(BufferConfig.SpeculativeBuffer limits) {
        List<String> texts = said.reversed().stream().filter(text -> !text.isBlank()).distinct()
                .limit(Math.min(limits.contextWindow(), limits.maxSize() - 1)).toList();
        Stream<QueryRequest> lately = asked.reversed().stream().limit(limits.maxSize() - texts.size());
        return Stream.concat(lately, texts.stream().map(text -> QueryRequest.of(text, 0))).distinct().toList();
    }

    /// Whether the user wrote again, so that these predictions are of no use any more.
    public synchronized boolean overtaken(Prediction prediction) {
        return prediction.write() != writes;
    }

    /// The run ended before [#next] was empty.
    public synchronized void ended() {
        running = false;
    }

    /// The user deleted something: no text of it may stay.
    public synchronized void forget() {
        asked.clear();
        said.clear();
    }
}
