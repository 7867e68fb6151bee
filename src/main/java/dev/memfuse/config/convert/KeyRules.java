package dev.memfuse.config.convert;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The keys of MemFuse: the key of this program that each one sets, or the reason why there is none. The keys are those
/// of its versions up to 0.3; earlier versions named the layers L0 to L2, of which L1 extracted facts.
final class KeyRules {
    /// A key of this program that takes the value of one of MemFuse's.
    ///
    /// @param target key of this program
    /// @param translation changes the text of the value into one that the key accepts
    record Rule(String target, UnaryOperator<String> translation) {}

    private static final String LANGUAGE_MODEL = "which model reads messages for M1 and M2: rules of this program (the "
            + "default), or llm.provider, llm.base_url and llm.model with a server of OpenAI's API; MemFuse names ";
    private static final Map<String, Rule> RULES = rules();
    private static final Map<String, String> REASONS = reasons();

    private KeyRules() {}

    /// Returns the key that takes a value. When several keys of MemFuse set one key, the rule that is first in the
    /// table decides.
    static Optional<Rule> rule(String key) {
        return Optional.ofNullable(RULES.get(key));
    }

    /// Returns the keys with a rule, those that decide first.
    static Iterable<String> keys() {
        return RULES.keySet();
    }

    /// Returns why a key has no counterpart: the reason of the longest of its prefixes in the table.
    static String reason(String key) {
        for (String prefix = key; !prefix.isEmpty(); prefix = prefix.contains(".")
                ? prefix.substring(0, prefix.lastIndexOf('.'))
                : "") {
            String reason = REASONS.get(prefix);
            if (reason != null) {
                return reason;
            }
        }
        return "no key of this program does the same";
    }

    /// Returns the decision that a key needs, without its value; empty when it needs none.
    ///
    /// @param value its value, which is no secret
    static Optional<String> decision(String key, String value) {
        if (key.matches("memory\\.layers\\.(m1|m2|l1)(\\..+)?\\.llm_model")) {
            return Optional.of(LANGUAGE_MODEL + value);
        }
        return switch (key) {
            case "data_dir" -> Optional.of("the folder of the embedded server and of profiles is an option: --data-dir "
                    + value);
            case "database.type" -> value.equals("postgres")
                    ? Optional.empty()
                    : Optional.of("this program stores in PostgreSQL only; " + value + " cannot be read");
            default -> Optional.empty();
        };
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        for (String name : new String[]{"pool_size", "max_overflow", "pool_timeout", "pool_recycle",
                "connection_timeout", "keepalives_idle"}) {
            take(rules, "database.postgres." + name, "postgres." + name);
        }
        rules.put("buffer.enabled", new Rule("buffer.bypass_mode", KeyRules::negated));
        take(rules, "buffer.bypass_mode", "buffer.bypass_mode");
        for (String name : new String[]{"round_buffer.max_tokens", "round_buffer.max_size",
                "round_buffer.token_model", "hybrid_buffer.max_size", "hybrid_buffer.chunk_strategy", "query.max_size",
                "query.cache_size", "speculative_buffer.enabled", "speculative_buffer.max_size",
                "speculative_buffer.context_window", "performance.enable_auto_flush", "performance.flush_interval",
                "performance.force_flush_timeout", "performance.max_flush_workers", "performance.max_flush_queue_size",
                "performance.flush_timeout"}) {
            take(rules, "buffer." + name, "buffer." + name);
        }
        rules.put("buffer.monitoring.log_level", new Rule("monitoring.log_level", KeyRules::level));
        take(rules, "embedding.model", "embedding.model");
        memory(rules);
        take(rules, "retrieval.use_rerank", "retrieval.use_rerank");
        take(rules, "retrieval.rrf_k", "retrieval.rrf_k");
        take(rules, "store.multi_path.fusion_strategy", "retrieval.fusion");
        take(rules, "store.store.multi_path.fusion_strategy", "retrieval.fusion");
        for (String name : new String[]{"provider", "model", "base_url", "timeout", "max_requests_per_minute",
                "max_tokens_per_minute", "max_retries"}) {
            take(rules, "llm." + name, "llm." + name);
        }
        return rules;
    }

    private static void memory(Map<String, Rule> rules) {
        for (String name : new String[]{"parallel_enabled", "enable_fallback", "timeout_per_layer",
                "max_concurrent_layers", "max_retries"}) {
            take(rules, "memory.memory_service." + name, "memory_service." + name);
        }
        take(rules, "memory.memory_service.fallback_on_error", "memory_service.enable_fallback");
        rules.put("memory.processing.strategy", new Rule("memory_service.parallel_enabled", KeyRules::isParallel));
        take(rules, "memory.processing.enable_fallback", "memory_service.enable_fallback");
        take(rules, "memory.processing.max_concurrent_layers", "memory_service.max_concurrent_layers");
        take(rules, "memory.processing.timeout.per_layer", "memory_service.timeout_per_layer");
        take(rules, "memory.processing.retry.max_attempts", "memory_service.max_retries");
        rules.put("memory.parallel.default_strategy", new Rule("memory_service.parallel_enabled",
                KeyRules::isParallel));
        take(rules, "memory.parallel.enable_strategy_fallback", "memory_service.enable_fallback");
        take(rules, "memory.parallel.max_concurrent_layers", "memory_service.max_concurrent_layers");
        take(rules, "memory.parallel.timeout_per_layer", "memory_service.timeout_per_layer");
        take(rules, "memory.parallel.retry.max_retries", "memory_service.max_retries");
        take(rules, "memory.layers.m1.enabled", "layers.m1.enabled");
        take(rules, "memory.layers.m2.enabled", "layers.m2.enabled");
        take(rules, "memory.layers.m2.min_confidence_threshold", "layers.m2.min_confidence");
        take(rules, "memory.layers.l1.enabled", "layers.m2.enabled");
        take(rules, "memory.layers.l1.extraction.min_confidence_threshold", "layers.m2.min_confidence");
        take(rules, "memory.layers.l1.conflict_detection.semantic_similarity_threshold",
                "layers.m2.conflict_similarity");
    }

    private static void take(Map<String, Rule> rules, String key, String target) {
        rules.put(key, new Rule(target, UnaryOperator.identity()));
    }

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("database.type", "this program always stores in PostgreSQL");
        reasons.put("database.sqlite", "this program always stores in PostgreSQL");
        reasons.put("database.postgres.keepalives_interval",
                "the pool probes idle connections by keepalives_idle alone");
        reasons.put("database.postgres.keepalives_count", "the pool probes idle connections by keepalives_idle alone");
        reasons.put("database.postgres.smart_cleanup", "the pool closes idle connections beyond pool_size by itself");
        reasons.put("database.pgai", "vectors are computed in this process, without pgai");
        reasons.put("store.pgai", "vectors are computed in this process, without pgai");
        reasons.put("store.database", "one section holds the database: database.postgres");
        reasons.put("store.tables", "this program names its tables itself");
        reasons.put("store.memory_layers", "one section holds the layers: memory.layers");
        for (String name : new String[]{"storage_backends", "development", "production", "compatibility"}) {
            reasons.put("store." + name, "MemFuse itself does not act on it");
        }
        reasons.put("store", "storage and search have no back ends to choose; retrieval.* sets the ranking");
        reasons.put("storage", "storage and search have no back ends to choose; retrieval.* sets the ranking");
        reasons.put("buffer.hybrid_buffer.embedding_model", "one model computes all vectors: embedding.model");
        reasons.put("buffer.token_counter", "one model counts all tokens: buffer.round_buffer.token_model");
        reasons.put("buffer.query.default_order", "hits are in the order of their score");
        reasons.put("buffer.query.default_sort_by", "hits are in the order of their score");
        reasons.put("buffer.performance", "MemFuse itself does not read it");
        reasons.put("buffer.monitoring", "figures are always collected");
        reasons.put("buffer.chunking", "its strategy for chunks has no settings here");
        reasons.put("buffer.write_buffer", "rounds enter the round buffer directly");
        reasons.put("embedding", "the models are part of the program, with their dimension and settings");
        reasons.put("memory.layers.m0", "raw messages are always stored");
        reasons.put("memory.layers.l0", "raw messages are always stored");
        reasons.put("memory.layers.l2", "this program has no layer of a knowledge graph");
        reasons.put("memory.layers.m3", "this program has the layers M0, M1 and M2");
        reasons.put("memory.layers.msmg", "this program has the layers M0, M1 and M2");
        reasons.put("memory", "MemFuse itself does not act on it");
        reasons.put("retrieval.rerank_model", "this program reranks without a model");
        reasons.put("retrieval.rerank_strategy", "this program reranks in one way; retrieval.fusion merges scores");
        reasons.put("retrieval.normalize_scores", "retrieval.fusion decides it");
        reasons.put("retrieval.preload_model", "models are loaded when the engine starts");
        reasons.put("server", "address and port of the HTTP server are options of serve, HTTPS and origins are "
                + "server.tls and server.allowed_origins");
        reasons.put("hydra", "it concerns how MemFuse itself is started");
        return reasons;
    }

    private static String negated(String flag) {
        return switch (flag.toLowerCase(Locale.ROOT)) {
            case "true" -> "false";
            case "false" -> "true";
            default -> flag;
        };
    }

    private static String isParallel(String strategy) {
        return switch (strategy.toLowerCase(Locale.ROOT)) {
            case "parallel", "hybrid" -> "true";
            case "sequential" -> "false";
            default -> strategy;
        };
    }

    /// Returns the level by its name here; Python has two names for one of them and one more.
    private static String level(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "warning" -> "warn";
            case "critical", "fatal" -> "error";
            case "notset" -> "trace";
            default -> lower;
        };
    }
}
