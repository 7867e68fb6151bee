package dev.memfuse.bench.harness;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;

/// The settings of one benchmark; those from before come back when it is closed.
public final class SettingsGuard implements AutoCloseable {
    private static final String CAUSE = "bench";

    private final Tunables tunables;
    private final MemFuseConfig before;

    /// Layers are off in every benchmark: none of them measures extraction.
    public SettingsGuard(Tunables tunables) {
        this.tunables = tunables;
        this.before = tunables.get();
        set("layers.m1.enabled", false);
        set("layers.m2.enabled", false);
    }

    public SettingsGuard set(String key, Object value) {
        tunables.apply(CAUSE, config -> ConfigValues.with(config, key, value));
        return this;
    }

    @Override
    public void close() {
        tunables.apply(CAUSE, _ -> before);
    }
}
