package dev.memfuse.engine;

import java.util.Objects;

/// A question to a user's memory. Equal requests have equal answers until the user writes.
///
/// @param text the question, not blank
/// @param topK how many hits at most, 1..1000; 0 takes `buffer.query.max_size`
/// @param maxTokens hits are added until the next would exceed so many tokens together; 0 sets no limit
/// @param filter the part of the memory that is ranked
/// @param explain whether each hit says how its score came about
public record QueryRequest(String text, int topK, int maxTokens, QueryFilter filter, Explain explain) {
    private static final int MAX_TOP_K = 1_000;

    /// Whether hits explain their score.
    public enum Explain {
        OFF,
        ON
    }

    public QueryRequest {
        Objects.requireNonNull(filter);
        Objects.requireNonNull(explain);
        require(!text.isBlank(), "A query needs a text.");
        require(topK >= 0 && topK <= MAX_TOP_K,
                "top_k must be between 0 (the default) and " + MAX_TOP_K + ", not " + topK + ".");
        require(maxTokens >= 0, "max_tokens must be 0 (no limit) or more, not " + maxTokens + ".");
    }

    /// A question to all raw messages, without a budget and without explanations.
    public static QueryRequest of(String text, int topK) {
        return new QueryRequest(text, topK, 0, QueryFilter.NONE, Explain.OFF);
    }

    /// The same with another filter.
    public QueryRequest within(QueryFilter other) {
        return new QueryRequest(text, topK, maxTokens, other, explain);
    }

    /// The same with a budget of tokens.
    public QueryRequest withMaxTokens(int tokens) {
        return new QueryRequest(text, topK, tokens, filter, explain);
    }

    /// The same with explanations.
    public QueryRequest explained() {
        return new QueryRequest(text, topK, maxTokens, filter, Explain.ON);
    }

    /// The same with a number of hits.
    public QueryRequest withTopK(int hits) {
        return new QueryRequest(text, hits, maxTokens, filter, explain);
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
