package dev.memfuse.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.config.connection.SavedConnections;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.lab.advice.SampleAdvice;
import dev.memfuse.console.target.SampleTargets;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.advice.run.AdvicePlan;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SampleSlices;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.Stage;

/// Fills the pages of a window with fakes behind it.
final class BusyWindow {
    private BusyWindow() {}

    /// A load with a result and another one that runs, figures of a busy engine, marks of each kind.
    static void fill(Console window, ConsoleContext context, Fakes.Host host, Fakes.Loads loads) {
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321, data in /home/someone/.local/share"));
        connections(context.settings().connections());
        OnFx.run(() -> {
            loads.start(new Workload(20, new Workload.Arrival.Closed(8), Duration.ofSeconds(30),
                    Duration.ofSeconds(5), new Workload.Mix(70, 25, 5), 4, 5, 42, Optional.empty()));
            loads.last().end(Fakes.result(1));
        });
        Fakes.Advices advices = (Fakes.Advices) context.lab().advice();
        advices.start(new AdvicePlan(ScenarioDefaults.WORKLOAD, 0));
        advices.last().end(SampleAdvice.report());
        Instant now = Instant.now();
        for (int second = 30; second >= 0; second--) {
            publish(context, now.minusSeconds(second));
        }
        SampleTargets targets = (SampleTargets) context.targets();
        targets.session.fill();
        OnFx.run(() -> targets.connect(window.pages()));
        context.monitoring().hub().mark(EventMark.Kind.FAULT, "Fault: black hole", "black hole");
        for (int second = 30; second > 0; second--) {
            SnapshotFeed.slice(context.monitoring().hub(), SampleSlices.at(now.minusSeconds(second))
                    .calls(Operation.ADD, SampleSlices.times(22_733, 1_234.5), SampleSlices.times(22_733, 5_678), 12)
                    .stage(Stage.SQL, 1_234_567).second());
        }
        OnFx.run(() -> window.actions().fire("live.select.window"));
        PageStage.await(
                () -> OnFx.node(window.scene().getRoot(), "pool").getAccessibleText().contains("114"));
    }

    /// Saves connections, also a read-only one with a long name and several hosts.
    static void connections(SavedConnections connections) {
        connections.add(new SavedConnection("Staging", "jdbc:postgresql://staging.example:5432/memfuse",
                Optional.of("optimized"), false));
        connections.add(
                new SavedConnection("Reports of the second region", "jdbc:postgresql://a.example,b.example/reports",
                        Optional.empty(), true));
    }

    /// Publishes the same figures as a new second: without one the window says that its figures are old.
    static void publish(ConsoleContext context, Instant at) {
        var add = new MetricsSnapshot.OperationSample(22_733, 12, 1_200_000, 3_000_000, 1_234_567_890, 12_000_000);
        var pool = new MetricsSnapshot.PoolSample(114, 16, 1_234, 130, 60_000_000, 3_000_000, 0);
        SnapshotFeed.publish(context.monitoring().hub(), SnapshotFeed.snapshot(at, Map.of(Operation.ADD, add), pool));
    }

    /// Publishes the figures of an engine without calls.
    static void publishIdle(ConsoleContext context, Instant at) {
        SnapshotFeed.publish(context.monitoring().hub(), SnapshotFeed.idle(at));
    }
}
