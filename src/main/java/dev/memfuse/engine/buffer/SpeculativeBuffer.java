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

/// Predicts the next queries of one user after a write: recent queries first, then the texts just written, since agents
/// often query with the message itself. An answer computed for a prediction serves equal requests only.
///
/// A run computes the answers, one run at a time: [#recordWrite] returns whether to start one, [#next] supplies it with
/// the newest predictions until none are left. Thread-safe; no call blocks.
public final class SpeculativeBuffer {
    /// Maximum number of predictions without a query in between: after them the user is assumed to only write.
    static final int MAX_UNANSWERED = 8;

    private final SequencedSet<QueryRequest> queries = new LinkedHashSet<>();
    private final Deque<String> texts = new ArrayDeque<>();
    private long writes;
    private long predictedAfter;
    private int unanswered;
    private boolean running;

    /// Predicted queries.
    ///
    /// @param write number of the write that they follow
    /// @param requests most likely first, all different
    public record Prediction(long write, List<QueryRequest> requests) {}

    /// Records a query of the user.
    public synchronized void recordQuery(QueryRequest request, BufferConfig.SpeculativeBufferConfig limits) {
        unanswered = 0;
        queries.addLast(request);
        while (queries.size() > limits.maxSize()) {
            queries.removeFirst();
        }
    }

    /// Records messages that the user wrote. Called before the write is acknowledged, so it only keeps references.
    ///
    /// @return whether to start a run
    public synchronized boolean recordWrite(List<NewMessage> messages, BufferConfig.SpeculativeBufferConfig limits) {
        int window = limits.contextWindow();
        for (NewMessage message : messages.subList(Math.max(0, messages.size() - window), messages.size())) {
            texts.addLast(message.content());
        }
        while (texts.size() > window) {
            texts.removeFirst();
        }
        writes++;
        if (running || queries.isEmpty() || unanswered >= MAX_UNANSWERED) {
            return false;
        }
        running = true;
        return true;
    }

    /// Returns the next predictions of the run. An empty result ends the run: there was no write since the last ones.
    public synchronized Optional<Prediction> next(BufferConfig.SpeculativeBufferConfig limits) {
        if (predictedAfter == writes || queries.isEmpty() || unanswered >= MAX_UNANSWERED) {
            running = false;
            return Optional.empty();
        }
        predictedAfter = writes;
        unanswered++;
        return Optional.of(new Prediction(writes, requests(limits)));
    }

    /// Reserves room for texts, which many recent queries would otherwise displace.
    private List<QueryRequest> requests(BufferConfig.SpeculativeBufferConfig limits) {
        List<String> latest = texts.reversed().stream().filter(text -> !text.isBlank()).distinct()
                .limit(Math.min(limits.contextWindow(), limits.maxSize() - 1)).toList();
        Stream<QueryRequest> recent = queries.reversed().stream().limit(limits.maxSize() - latest.size());
        return Stream.concat(recent, latest.stream().map(text -> QueryRequest.of(text, 0))).distinct().toList();
    }

    /// Returns whether the user wrote again, which makes these predictions obsolete.
    public synchronized boolean isStale(Prediction prediction) {
        return prediction.write() != writes;
    }

    /// Ends a run before [#next] returned empty.
    public synchronized void endRun() {
        running = false;
    }

    /// Removes all texts, since the user may have deleted some of them.
    public synchronized void clear() {
        queries.clear();
        texts.clear();
    }
}
