package dev.memfuse.console.flags;

import java.util.Map;

import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;

/// Names of keys in words. Made from the key, save where its last word alone would not be understood; where two keys
/// end alike, their sections tell them apart.
final class FlagNames {
    private static final Map<String, String> SPECIAL = Map.ofEntries(Map.entry("buffer.bypass_mode", "Buffer bypass"),
            Map.entry("layers.m1.enabled", "Memory layer M1"), Map.entry("layers.m2.enabled", "Memory layer M2"),
            Map.entry("memory_service.parallel_enabled", "Parallel layers"),
            Map.entry("memory_service.enable_fallback", "Fallback to sequence"),
            Map.entry("memory_service.max_concurrent_layers", "Layers at the same time"),
            Map.entry("memory_service.max_retries", "Layers: retries"),
            Map.entry("layers.m2.min_confidence", "M2: lowest confidence"),
            Map.entry("layers.m2.conflict_similarity", "M2: similarity of a conflict"),
            Map.entry("llm.provider", "Language model"), Map.entry("llm.base_url", "Language model: address"),
            Map.entry("llm.model", "Language model: name"), Map.entry("llm.timeout", "Language model: time limit"),
            Map.entry("llm.max_requests_per_minute", "Language model: requests per minute"),
            Map.entry("llm.max_tokens_per_minute", "Language model: tokens per minute"),
            Map.entry("llm.max_retries", "Language model: retries"),
            Map.entry("services.cache", "Service cache"), Map.entry("queries.consolidated", "Consolidated queries"),
            Map.entry("postgres.manager", "Connection manager"), Map.entry("postgres.url", "Database URL"),
            Map.entry("buffer.round_buffer.max_tokens", "Round buffer: tokens"),
            Map.entry("buffer.round_buffer.max_size", "Round buffer: rounds"),
            Map.entry("buffer.round_buffer.token_model", "Round buffer: token model"),
            Map.entry("buffer.hybrid_buffer.max_size", "Hybrid buffer: rounds"),
            Map.entry("buffer.hybrid_buffer.chunk_strategy", "Hybrid buffer: chunks"),
            Map.entry("buffer.hybrid_buffer.embedding", "Hybrid buffer: embedding"),
            Map.entry("buffer.journal.max_bytes", "Journal: most that waits"),
            Map.entry("buffer.journal.max_age", "Journal: longest wait"),
            Map.entry("buffer.journal.patience", "Journal: patience of writers"),
            Map.entry("buffer.journal.segment_bytes", "Journal: size of a file"),
            Map.entry("buffer.journal.retire_after", "Journal: texts leave after"),
            Map.entry("buffer.performance.shutdown_timeout", "Time to store at the end"),
            Map.entry("retrieval.backend", "Ranking"), Map.entry("retrieval.fusion", "Fusion of the two lists"),
            Map.entry("retrieval.rrf_k", "Constant of the rank fusion"),
            Map.entry("retrieval.dense_weight", "Share of meaning"),
            Map.entry("retrieval.neighbour_previous", "Share of the turn before"),
            Map.entry("retrieval.neighbour_next", "Share of the turn after"),
            Map.entry("retrieval.use_rerank", "Second look at the best hits"),
            Map.entry("buffer.query.max_size", "Query: results"), Map.entry("buffer.query.cache_size", "Query: cache"),
            Map.entry("buffer.speculative_buffer.enabled", "Speculation"),
            Map.entry("buffer.speculative_buffer.max_size", "Speculation: answers"),
            Map.entry("buffer.speculative_buffer.context_window", "Speculation: messages"),
            Map.entry("buffer.performance.enable_auto_flush", "Automatic flush"),
            Map.entry("embedding.model", "Embedding model"), Map.entry("embedding.context", "Embedded with it"),
            Map.entry("embedding.batch_size", "Embedding: texts at once"),
            Map.entry("embedding.threads", "Embedding: threads"),
            Map.entry("monitoring.log_level", "Log level"),
            Map.entry("monitoring.thresholds.connection_pool_access", "Limit: wait for a connection"),
            Map.entry("monitoring.thresholds.add", "Limit: p99 of add"),
            Map.entry("monitoring.thresholds.query", "Limit: p99 of query"),
            Map.entry("monitoring.thresholds.error_rate", "Limit: error rate"),
            Map.entry("monitoring.thresholds.heap_used", "Limit: heap used"));

    private FlagNames() {}

    static String of(ConfigKey key) {
        String special = SPECIAL.get(key.path());
        if (special != null) {
            return special;
        }
        String name = lastWords(key);
        boolean alone = ConfigSchema.keys().stream().filter(other -> !other.path().equals(key.path()))
                .noneMatch(other -> SPECIAL.getOrDefault(other.path(), lastWords(other)).equals(name));
        return alone ? name : key.section() + ": " + Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static String lastWords(ConfigKey key) {
        String last = key.path().substring(key.path().lastIndexOf('.') + 1).replace('_', ' ');
        return Character.toUpperCase(last.charAt(0)) + last.substring(1);
    }
}
