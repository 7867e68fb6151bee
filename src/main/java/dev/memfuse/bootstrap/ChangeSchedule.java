package dev.memfuse.bootstrap;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.cli.option.TimedChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValidator;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.load.LoadRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies the timed changes of the command line to each load.
final class ChangeSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeSchedule.class);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final List<TimedChange> changes;
    private final Tunables tunables;

    ChangeSchedule(List<TimedChange> changes, Tunables tunables) {
        this.changes = inOrder(changes);
        this.tunables = tunables;
    }

    private static List<TimedChange> inOrder(List<TimedChange> changes) {
        return changes.stream().sorted(Comparator.comparing(TimedChange::at)).toList();
    }

    /// Requires that changes can be applied one after the other while the program runs.
    ///
    /// @throws ConfigException when a key is unknown, fixed at start or set twice at one time, or a value is invalid
    static void check(List<TimedChange> changes, MemFuseConfig config) {
        MemFuseConfig now = config;
        Set<String> seen = new HashSet<>();
        for (TimedChange change : inOrder(changes)) {
            ConfigKey key = ConfigSchema.require(change.key());
            if (!key.hot()) {
                throw refused(change, key.fixedProblem());
            }
            if (!seen.add(change.at() + " " + change.key())) {
                throw refused(change, "changed twice at the same time");
            }
            now = ConfigValidator.requireValid(changed(now, change));
        }
    }

    private static ConfigException refused(TimedChange change, String sentence) {
        return new ConfigException(List.of(new ConfigProblem(change.key(), sentence, Optional.empty())));
    }

    private static MemFuseConfig changed(MemFuseConfig config, TimedChange change) {
        return ConfigValues.with(config, change.key(), ConfigValues.parse(change.key(), change.value()));
    }

    /// Applies the changes to a run that has just started, on a separate thread. Does not block.
    void follow(LoadRun run) {
        if (!changes.isEmpty() && !run.ended()) {
            BackgroundThreads.virtual("engine-change-schedule")
                    .start(() -> changes.forEach(change -> apply(run, change)));
        }
    }

    private void apply(LoadRun run, TimedChange change) {
        while (run.progress().elapsed().compareTo(change.at()) < 0) {
            if (run.ended()) {
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        try {
            tunables.apply("--change", config -> changed(config, change));
        } catch (ConfigException e) {
            LOG.warn("Configuration: --change was refused: {}", e.getMessage());
        }
    }
}
