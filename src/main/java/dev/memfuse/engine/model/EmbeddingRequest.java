package dev.memfuse.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The texts of one caller in the [EmbeddingQueue]; complete when every text is encoded.
final class EmbeddingRequest {
    private final EmbeddingModel model;
    private final List<Item> items = new ArrayList<>();
    private final AtomicReferenceArray<Encoding> encodings;
    private final AtomicInteger missing;
    private final CompletableFuture<List<Encoding>> done = new CompletableFuture<>();
    private volatile long endedNanos = System.nanoTime();

    EmbeddingRequest(EmbeddingModel model, List<String> texts) {
        this.model = model;
        encodings = new AtomicReferenceArray<>(texts.size());
        missing = new AtomicInteger(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            items.add(new Item(this, i, texts.get(i)));
        }
    }

    /// One text of a request.
    record Item(EmbeddingRequest request, int index, String text) {
        EmbeddingModel model() {
            return request.model;
        }

        void complete(Encoding encoding) {
            request.complete(index, encoding);
        }

        void fail(Throwable cause) {
            request.endedNanos = System.nanoTime();
            request.done.completeExceptionally(cause);
        }

        /// Returns whether the caller no longer waits for it.
        boolean abandoned() {
            return request.done.isDone();
        }
    }

    private void complete(int index, Encoding encoding) {
        encodings.set(index, encoding);
        if (missing.decrementAndGet() == 0) {
            List<Encoding> all = new ArrayList<>();
            for (int i = 0; i < encodings.length(); i++) {
                all.add(encodings.get(i));
            }
            endedNanos = System.nanoTime();
            done.complete(List.copyOf(all));
        }
    }

    List<Item> items() {
        return items;
    }

    CompletableFuture<List<Encoding>> done() {
        return done;
    }

    /// Returns the value of [System#nanoTime()] at which the request ended, if it is done.
    long endedNanos() {
        return endedNanos;
    }
}
