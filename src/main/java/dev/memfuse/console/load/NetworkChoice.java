package dev.memfuse.console.load;

import java.util.concurrent.Executor;

import javafx.beans.property.ObjectProperty;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.NetworkConfig;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.LiveSetting;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.fault.NetworkProfile;
import org.jspecify.annotations.Nullable;

/// The choice of the network to the database: the settings `network.*`. FX thread only.
final class NetworkChoice {
    private final LiveSetting<NetworkProfile> profile;

    /// @param fx executor of the FX thread
    NetworkChoice(Tunables tunables, PageTools tools, Executor fx) {
        profile = new LiveSetting<>("the network", tunables,
                config -> NetworkProfile.of(config.network()).orElse(null),
                new LiveSetting.Change<>("Load page", (config, chosen) -> with(config, chosen.config())), tools);
        FxCoalescer read = new FxCoalescer(fx, profile::show);
        tunables.onChange(_ -> read.request());
    }

    private static MemFuseConfig with(MemFuseConfig config, NetworkConfig network) {
        MemFuseConfig delayed = ConfigValues.with(config, "network.round_trip", network.roundTrip());
        return ConfigValues.with(ConfigValues.with(delayed, "network.jitter", network.jitter()), "network.bandwidth",
                network.bandwidth());
    }

    /// Returns the profile in force, null for other settings; a change applies the settings of the profile.
    ObjectProperty<@Nullable NetworkProfile> profileProperty() {
        return profile.valueProperty();
    }
}
