package dev.memfuse.bootstrap.bench;

import dev.memfuse.config.ConfigValues;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;

/// The settings of one benchmark; those from before come back when it is closed.
final class Settings implements AutoCloseable {
    private static final String CAUSE = "bench";

    private final Tunables tunables;
    private final MemFuseConfig before;

    /// Layers are off in every benchmark: none of them measures extraction.
    Settings(Tunables tunables) {
        this.tunables = tunables;
        this.before = tunables.get();
        set("layers.m1.enabled", false);
        set("layers.m2.enabled", false);
    }

    Settings set(String key, Object value) {
        tunables.apply(CAUSE, config -> ConfigValues.with(config, key, value));
        return this;
    }

    @Override
    public void close() {
        tunables.apply(CAUSE, _ -> before);
    }
}
