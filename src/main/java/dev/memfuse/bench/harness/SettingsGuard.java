package dev.memfuse.bench.harness;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;

/// Changes settings for one benchmark and restores the previous ones when closed.
public final class SettingsGuard implements AutoCloseable {
    private static final String CAUSE = "bench";

    private final Tunables.Run run = new Tunables.Run(CAUSE);
    private final Tunables tunables;
    private final MemFuseConfig before;

    /// Switches the layers M1 and M2 off, since no benchmark measures extraction.
    public SettingsGuard(Tunables tunables) {
        this.tunables = tunables;
        this.before = tunables.get();
        set("layers.m1.enabled", false);
        set("layers.m2.enabled", false);
    }

    /// Changes one setting.
    ///
    /// @param key path of the setting, for instance `buffer.bypass_mode`
    public SettingsGuard set(String key, Object value) {
        tunables.applyForATime(run, CAUSE, config -> ConfigValues.with(config, key, value));
        return this;
    }

    @Override
    public void close() {
        tunables.applyForATime(run, CAUSE, _ -> before);
    }
}
