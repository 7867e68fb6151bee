package dev.memfuse.engine;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;

/// A query of a user's memory. Equal requests have equal results until the user writes.
///
/// @param text the question, not blank, without U+0000 and unpaired surrogates, at most `buffer.max_message_bytes`;
///        kept in composed characters (NFC), so that requests that look alike are equal
/// @param topK maximum number of hits, 1..1000; 0 takes `buffer.query.max_size`
/// @param maxTokens maximum number of tokens in all hits together; a hit that does not fit is left out, and
///        smaller ones after it may still fit; 0 sets no limit
/// @param filter restricts the entries that are ranked
/// @param explain whether hits hold the shares of their score
public record QueryRequest(String text, int topK, int maxTokens, QueryFilter filter, Explain explain) {
    private static final int MAX_TOP_K = 1_000;

    /// Whether hits hold the shares of their score.
    public enum Explain {
        OFF,
        ON
    }

    /// @throws InvalidValueException when a value is null or out of range
    public QueryRequest {
        text = TextCheck.composed(TextCheck.notBlank("text", text));
        ValueCheck.range("topK", topK, 0, MAX_TOP_K);
        ValueCheck.range("maxTokens", maxTokens, 0, Integer.MAX_VALUE);
        ValueCheck.present("filter", filter);
        ValueCheck.present("explain", explain);
    }

    /// Returns a request for raw messages, without token budget and without explanation.
    public static QueryRequest of(String text, int topK) {
        return new QueryRequest(text, topK, 0, QueryFilter.NONE, Explain.OFF);
    }

    /// Returns the request with another filter.
    public QueryRequest within(QueryFilter other) {
        return new QueryRequest(text, topK, maxTokens, other, explain);
    }

    /// Returns the request with a token budget.
    public QueryRequest withMaxTokens(int tokens) {
        return new QueryRequest(text, topK, tokens, filter, explain);
    }

    /// Returns the request with explanation.
    public QueryRequest explained() {
        return new QueryRequest(text, topK, maxTokens, filter, Explain.ON);
    }

    /// Returns the request with another number of hits.
    public QueryRequest withTopK(int hits) {
        return new QueryRequest(text, hits, maxTokens, filter, explain);
    }
}
