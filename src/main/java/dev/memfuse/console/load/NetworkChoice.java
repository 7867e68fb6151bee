package dev.memfuse.console.load;

import java.util.concurrent.Executor;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.NetworkConfig;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.fault.NetworkProfile;
import org.jspecify.annotations.Nullable;

/// The choice of the network to the database: the settings `network.*`. FX thread only.
final class NetworkChoice {
    private final Tunables tunables;
    private final ObjectProperty<@Nullable NetworkProfile> profile;

    /// @param fx executor of the FX thread
    NetworkChoice(Tunables tunables, Executor fx) {
        this.tunables = tunables;
        profile = new SimpleObjectProperty<>(current());
        FxCoalescer read = new FxCoalescer(fx, () -> profile.set(current()));
        tunables.onChange(_ -> read.request());
        profile.subscribe(chosen -> {
            if (chosen != null && chosen != current()) {
                tunables.apply("Load page", config -> with(config, chosen.config()));
            }
        });
    }

    private @Nullable NetworkProfile current() {
        return NetworkProfile.of(tunables.get().network()).orElse(null);
    }

    private static MemFuseConfig with(MemFuseConfig config, NetworkConfig network) {
        MemFuseConfig delayed = ConfigValues.with(config, "network.round_trip", network.roundTrip());
        return ConfigValues.with(ConfigValues.with(delayed, "network.jitter", network.jitter()), "network.bandwidth",
                network.bandwidth());
    }

    /// Returns the profile in force, null for other settings; a change applies the settings of the profile.
    ObjectProperty<@Nullable NetworkProfile> profileProperty() {
        return profile;
    }
}
