package dev.memfuse.lab.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.fault.NetworkService;
import dev.memfuse.load.LoadRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies the changes and faults of a scenario to its run, and puts the settings back at its end. One thread.
final class ScenarioEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ScenarioEvents.class);
    private static final String CAUSE = "scenario";
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Scenario scenario;
    private final LoadRun run;
    private final Tunables tunables;
    private final Optional<NetworkService> network;
    private final Map<String, Object> before = new LinkedHashMap<>();
    private final List<ScenarioFault> active = new ArrayList<>();
    private final Tunables.Run changing = new Tunables.Run(CAUSE);

    private record Event(Duration at, Runnable action) {}

    ScenarioEvents(Scenario scenario, LoadRun run, Tunables tunables, Optional<NetworkService> network) {
        this.scenario = scenario;
        this.run = run;
        this.tunables = tunables;
        this.network = network;
    }

    /// Follows the run until its end. Blocks.
    void follow() {
        try {
            for (Event event : events()) {
                if (!reached(event.at())) {
                    break;
                }
                try {
                    event.action().run();
                } catch (RuntimeException e) {
                    LOG.warn("Load: a change of the scenario at {} had no effect. {}", event.at(), e.getMessage());
                }
            }
            network.ifPresent(control -> List.copyOf(active).forEach(fault -> end(control, fault)));
            run.result().exceptionally(_ -> null).join();
        } finally {
            putBack();
        }
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        scenario.changes().forEach(change -> events.add(new Event(change.at(), () -> apply(change))));
        network.ifPresent(control -> scenario.faults().forEach(fault -> {
            events.add(new Event(fault.at(), () -> {
                control.begin(fault.fault());
                active.add(fault);
            }));
            if (fault.length().isPositive()) {
                events.add(new Event(fault.at().plus(fault.length()), () -> end(control, fault)));
            }
        }));
        events.sort(Comparator.comparing(Event::at));
        return events;
    }

    private void end(NetworkService control, ScenarioFault fault) {
        active.remove(fault);
        control.end(fault.fault());
    }

    /// Waits until the measured part has lasted for a time.
    ///
    /// @return false when the load has ended before
    private boolean reached(Duration at) {
        while (true) {
            LoadRun.Status now = run.progress();
            if (run.ended() || now.phase().compareTo(LoadRun.Phase.MEASURING) > 0) {
                // A fault that outlasts the measured part ends with it.
                return false;
            }
            boolean measuring = now.phase() == LoadRun.Phase.MEASURING;
            long left = at.minus(now.measured()).toNanos();
            if (measuring && left <= 0) {
                return true;
            }
            LockSupport.parkNanos(measuring ? Math.min(left, POLL_NANOS) : POLL_NANOS);
        }
    }

    private void apply(ScenarioChange change) {
        switch (change) {
            case ScenarioChange.Load load -> run.changeLoad(load.load());
            case ScenarioChange.Mix mix -> run.changeMix(mix.mix());
            case ScenarioChange.Settings settings -> {
                MemFuseConfig now = tunables.get();
                settings.values().keySet().forEach(key -> before.putIfAbsent(key, ConfigValues.get(now, key)));
                tunables.applyForATime(changing, CAUSE, config -> {
                    MemFuseConfig changed = config;
                    for (Map.Entry<String, String> value : settings.values().entrySet()) {
                        changed = ConfigValues.with(changed, value.getKey(),
                                ConfigValues.parse(value.getKey(), value.getValue()));
                    }
                    return changed;
                });
            }
        }
    }

    private void putBack() {
        network.ifPresent(control -> {
            List.copyOf(active).forEach(fault -> end(control, fault));
        });
        if (before.isEmpty()) {
            return;
        }
        try {
            tunables.applyForATime(changing, CAUSE + " ended", config -> {
                MemFuseConfig changed = config;
                for (Map.Entry<String, Object> value : before.entrySet()) {
                    changed = ConfigValues.with(changed, value.getKey(), value.getValue());
                }
                return changed;
            });
        } catch (ConfigException e) {
            LOG.warn("Load: the settings before the scenario were refused. {}", e.getMessage());
        }
    }
}
