package dev.memfuse.lab.tune;

import java.util.List;

import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.lab.tune.Dimension.Either;
import dev.memfuse.lab.tune.Dimension.Numeric;

/// The settings that a tuning varies: those that change while the engine runs, cost or save time, and neither give up
/// durability nor change how answers are ranked.
///
/// @param dimensions in a fixed order
public record SearchSpace(List<Dimension> dimensions) {
    private static final List<Dimension> ALL = List.of(
            new Numeric("postgres.pool_size", 2, 40, true, true),
            new Numeric("postgres.max_overflow", 1, 40, true, true),
            new Either("postgres.manager", "optimized", "legacy"),
            new Either("buffer.bypass_mode", "true", "false"),
            new Numeric("buffer.round_buffer.max_size", 1, 40, true, true),
            new Numeric("buffer.hybrid_buffer.max_size", 1, 40, true, true),
            new Either("buffer.hybrid_buffer.embedding", "extraction", "transfer"),
            new Numeric("buffer.query.cache_size", 10, 1000, true, true),
            new Numeric("buffer.performance.flush_interval", 1, 60, true, false),
            new Numeric("buffer.performance.max_flush_workers", 1, 8, true, true),
            new Either("memory_service.parallel_enabled", "false", "true"),
            new Numeric("memory_service.max_concurrent_layers", 1, 8, true, true),
            new Either("services.cache", "true", "false"),
            new Either("queries.consolidated", "true", "false"),
            new Numeric("embedding.batch_size", 4, 64, true, true),
            new Numeric("embedding.background_share", 0.05, 1, true, false));

    public SearchSpace {
        dimensions = List.copyOf(dimensions);
    }

    /// Returns the space of all settings except the kept ones.
    ///
    /// @param kept keys, or sections such as `layers`
    public static SearchSpace without(List<String> kept) {
        return new SearchSpace(ALL.stream().filter(dimension -> ConfigSchema.require(dimension.key()).hot()
                && !isKept(dimension.key(), kept)).toList());
    }

    /// Returns whether a key is kept, or belongs to a kept section.
    static boolean isKept(String key, List<String> kept) {
        return kept.stream().anyMatch(name -> key.equals(name) || key.startsWith(name + "."));
    }
}
