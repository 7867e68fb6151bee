package dev.memfuse.cli.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.Times;
import dev.memfuse.load.Workload;
import dev.memfuse.load.report.OfferedLoad;
import dev.memfuse.metrics.stats.Numbers;

/// Describes a scenario for the terminal.
public final class ScenarioTable {
    private ScenarioTable() {}

    /// Returns what a scenario does, one fact a line.
    public static List<String> lines(Scenario scenario) {
        Workload workload = scenario.workload();
        List<String> lines = new ArrayList<>();
        lines.add("Valid scenario" + (scenario.name().isEmpty() ? "" : ": " + scenario.name()));
        if (!scenario.description().isEmpty()) {
            scenario.description().lines().forEach(line -> lines.add("  " + line));
        }
        lines.add("Load: " + OfferedLoad.of(workload, workload.arrival().level()) + ", "
                + Numbers.count(workload.users(), "user") + ", seed " + workload.seed());
        Workload.Warmup warmup = workload.warmup();
        lines.add("Time: " + Times.print(workload.duration()) + " after " + (warmup.isFixed()
                ? Times.print(warmup.minimum()) + " of warm-up"
                : "a warm-up of " + Times.print(warmup.minimum()) + " to " + Times.print(warmup.maximum())));
        if (!scenario.profiles().isEmpty()) {
            lines.add("Profiles: " + String.join(", ", scenario.profiles()));
        }
        scenario.network().ifPresent(network -> lines.add("Network: " + network.label()));
        workload.thresholds().forEach(threshold -> lines.add("Threshold: " + threshold.text()));
        scenario.changes().forEach(change -> lines.add("Change at " + at(change.at()) + ": " + change.text()));
        scenario.faults().forEach(fault -> lines.add("Fault at " + at(fault.at()) + ": " + fault.text()));
        return lines;
    }

    private static String at(Duration time) {
        return Times.print(time);
    }
}
