package dev.memfuse.lab.history;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.scenario.ScenarioFile;
import dev.memfuse.lab.sweep.SweepDimension;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.load.Workload;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.RecordingFile;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;

/// Recorded comparisons and sweeps as plans to run again, with the same seed, load and settings.
///
/// @param recordings holds them
public record RecordedExperiments(Recordings recordings) {
    static final String PLAN = "plan.json";
    static final String CONFIG_A = "config-a.yaml";
    static final String CONFIG_B = "config-b.yaml";

    /// The part of a plan of a comparison that the other files do not hold.
    record Pairs(String a, String b, String primary, int pairs, boolean untilDecided, double margin,
            int recallTurns) {}

    /// The part of a plan of a sweep that the other files do not hold.
    record Values(String parameter, List<Double> values, int rounds, @Nullable SweepDimension second) {}

    /// An experiment to run again.
    ///
    /// @param <P> its plan
    /// @param config settings to start the engine with, without the address of the database
    /// @param plan makes the plan for the configuration of the running engine, whose keys that are fixed at start stay
    public record Replay<P>(Manifest manifest, MemFuseConfig config, Function<MemFuseConfig, P> plan) {}

    /// Returns a comparison: arms, load of a block, its rate as it was found, seed, pairs and margin.
    ///
    /// @throws RecordingException when a file is missing or cannot be read; the message is for the user
    public Replay<ComparisonPlan> comparison(Manifest manifest) {
        Pairs pairs = read(manifest, Pairs.class);
        MemFuseConfig a = config(manifest, CONFIG_A);
        MemFuseConfig b = config(manifest, CONFIG_B);
        Workload block = block(manifest);
        return new Replay<>(manifest, a, running -> new ComparisonPlan(arm(pairs.a(), a, running),
                arm(pairs.b(), b, running), block, false, Metric.parse(pairs.primary()), pairs.pairs(),
                pairs.untilDecided(), pairs.margin(), pairs.recallTurns()));
    }

    private static Arm arm(String name, MemFuseConfig config, MemFuseConfig running) {
        return new Arm(name, ConfigValues.keepingFixed(config, running));
    }

    /// Returns a sweep: parameter, values, load, seed and rounds.
    ///
    /// @throws RecordingException when a file is missing or cannot be read; the message is for the user
    public Replay<SweepPlan> sweep(Manifest manifest) {
        Values values = read(manifest, Values.class);
        MemFuseConfig base = config(manifest, RecordingFile.CONFIG);
        Workload workload = block(manifest);
        return new Replay<>(manifest, base, running -> new SweepPlan(values.parameter(), values.values(),
                ConfigValues.keepingFixed(base, running), workload, values.rounds(), values.second()));
    }

    private <T> T read(Manifest manifest, Class<T> type) {
        if (!manifest.files().containsKey(PLAN)) {
            throw new RecordingException(
                    "The recording " + manifest.id() + " is of a version that recorded no plan, so "
                            + "it cannot be run again.");
        }
        try {
            return ResultJson.read(recordings.text(manifest, PLAN), type);
        } catch (IllegalArgumentException e) {
            throw failed(manifest, PLAN, e);
        }
    }

    private MemFuseConfig config(Manifest manifest, String file) {
        try {
            return new ConfigLoader().load(manifest.id() + "/" + file, recordings.text(manifest, file));
        } catch (ConfigException e) {
            throw failed(manifest, file, e);
        }
    }

    private Workload block(Manifest manifest) {
        try {
            return ScenarioFile.parse(manifest.id() + "/" + RecordingFile.SCENARIO,
                    recordings.text(manifest, RecordingFile.SCENARIO), Path.of("")).workload();
        } catch (IllegalArgumentException | ConfigException e) {
            throw failed(manifest, RecordingFile.SCENARIO, e);
        }
    }

    private static RecordingException failed(Manifest manifest, String file, RuntimeException e) {
        return new RecordingException("The file " + file + " of the recording " + manifest.id() + " cannot be read: "
                + e.getMessage(), e);
    }
}
