package dev.memfuse.lab.history;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.run.AdvicePlan;
import dev.memfuse.lab.advice.run.TrialPlan;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.scenario.ScenarioFile;
import dev.memfuse.lab.sweep.SweepDimension;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.StartSettings;
import dev.memfuse.lab.tune.Goal;
import dev.memfuse.lab.tune.TunePlan;
import dev.memfuse.load.Workload;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.RecordingFile;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;

/// Recorded experiments as plans to run again, with the same seed, load and settings.
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

    /// The part of a plan of advice that the other files do not hold.
    record Advised(int recallTurns) {}

    /// The part of a plan of a trial that the other files do not hold.
    record Tried(Advice advice, Pairs pairs) {}

    /// The part of a plan of a tuning that the other files do not hold.
    ///
    /// @param start name of the settings at the start
    /// @param profiles names of the known profiles, in the order of their files
    record Tuned(String start, String goal, List<String> profiles, List<String> kept, double budgetSeconds,
            boolean autoRate) {
        static Tuned of(TunePlan plan) {
            return new Tuned(plan.start().name(), plan.goal().text(), List.copyOf(plan.profiles().keySet()),
                    plan.kept(), plan.budget().toMillis() / 1e3, plan.autoRate());
        }
    }

    /// Returns the name of the file with the settings of a known profile.
    ///
    /// @param number from 1
    static String profile(int number) {
        return "profile-" + number + ".yaml";
    }

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
        return comparison(manifest, read(manifest, Pairs.class));
    }

    private Replay<ComparisonPlan> comparison(Manifest manifest, Pairs pairs) {
        MemFuseConfig a = config(manifest, CONFIG_A);
        MemFuseConfig b = config(manifest, CONFIG_B);
        Workload block = load(manifest);
        // As in the comparison: settings of the server that it did not compare are those of the running server.
        boolean restarted = !StartSettings.differing(a, b).isEmpty();
        return new Replay<>(manifest, a, running -> new ComparisonPlan(arm(pairs.a(), a, running, restarted),
                arm(pairs.b(), b, running, restarted), block, false, Metric.parse(pairs.primary()), pairs.pairs(),
                pairs.untilDecided(), pairs.margin(), pairs.recallTurns()));
    }

    private static Arm arm(String name, MemFuseConfig config, MemFuseConfig running, boolean restarted) {
        MemFuseConfig kept = ConfigValues.keepingFixed(config, running);
        return new Arm(name, restarted ? StartSettings.from(config, kept) : kept);
    }

    /// Returns a sweep: parameter, values, load, seed and rounds.
    ///
    /// @throws RecordingException when a file is missing or cannot be read; the message is for the user
    public Replay<SweepPlan> sweep(Manifest manifest) {
        Values values = read(manifest, Values.class);
        MemFuseConfig base = config(manifest, RecordingFile.CONFIG);
        Workload workload = load(manifest);
        return new Replay<>(manifest, base, running -> new SweepPlan(values.parameter(), values.values(),
                ConfigValues.keepingFixed(base, running), workload, values.rounds(), values.second()));
    }

    /// Returns a run for advice: the same load under the same settings.
    ///
    /// @throws RecordingException when a file is missing or cannot be read; the message is for the user
    public Replay<AdvicePlan> advice(Manifest manifest) {
        Advised advised = read(manifest, Advised.class);
        Workload load = load(manifest);
        return new Replay<>(manifest, config(manifest, RecordingFile.CONFIG),
                _ -> new AdvicePlan(load, advised.recallTurns()));
    }

    /// Returns the trial of an advice: the same comparison, with guardrails.
    ///
    /// @throws RecordingException when a file is missing or cannot be read; the message is for the user
    public Replay<TrialPlan> trial(Manifest manifest) {
        Tried tried = read(manifest, Tried.class);
        Replay<ComparisonPlan> comparison = comparison(manifest, tried.pairs());
        return new Replay<>(manifest, comparison.config(), running -> new TrialPlan(tried.advice(),
                comparison.plan().apply(running).withGuardrails()));
    }

    /// Returns a tuning: start, goal, profiles, load at the rate that was found, seed and budget.
    ///
    /// @throws RecordingException when a file is missing or cannot be read; the message is for the user
    public Replay<TunePlan> tuning(Manifest manifest) {
        Tuned tuned = read(manifest, Tuned.class);
        MemFuseConfig start = config(manifest, RecordingFile.CONFIG);
        Workload load = load(manifest);
        Map<String, MemFuseConfig> profiles = new LinkedHashMap<>();
        for (int i = 0; i < tuned.profiles().size(); i++) {
            profiles.put(tuned.profiles().get(i), config(manifest, profile(i + 1)));
        }
        return new Replay<>(manifest, start, running -> new TunePlan(arm(tuned.start(), start, running, false),
                Goal.parse(tuned.goal()), profiles, tuned.kept(), load, tuned.autoRate(),
                Duration.ofMillis(Math.round(tuned.budgetSeconds() * 1e3))));
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

    /// Returns the load of an experiment.
    Workload load(Manifest manifest) {
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
