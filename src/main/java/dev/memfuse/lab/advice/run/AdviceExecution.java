package dev.memfuse.lab.advice.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.AdviceRules;
import dev.memfuse.lab.advice.Observation;
import dev.memfuse.lab.advice.RecallChange;
import dev.memfuse.lab.advice.ServerState;
import dev.memfuse.lab.advice.Setting;
import dev.memfuse.lab.compare.RecallMeter;
import dev.memfuse.lab.compare.RecallResult;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.progress.Progress;
import org.jspecify.annotations.Nullable;

/// One run that advice is derived from, on the thread that calls [#run]. [#progress] and [#stop] are thread-safe.
final class AdviceExecution {
    private static final int FORMAT_VERSION = 1;
    /// Settings that a change of would rebuild stored data or need another server.
    private static final Set<String> NOT_TRIED = Set.of("retrieval.backend", "embedding.model", "embedding.threads",
            "embedding.batch_size");

    private final AdvicePlan plan;
    private final Trials trials;
    private final Advisor.Environment environment;
    private volatile String phase = "Starting";
    private volatile long loadStarted;

    AdviceExecution(AdvicePlan plan, Trials trials, Advisor.Environment environment) {
        this.plan = plan;
        this.trials = trials;
        this.environment = environment;
    }

    /// Runs the load and judges what was observed. Blocks.
    AdviceReport run() throws InterruptedException {
        MemFuseConfig config = environment.tunables().get();
        ServerState before = environment.server().get().orElse(null);
        phase = "Load";
        loadStarted = System.nanoTime();
        RunMeasurement load = trials.run("load", config, plan.load());
        loadStarted = 0;
        ServerState after = environment.server().get().orElse(null);
        Observation seen = new Observation(measured(load), config, before, after, load, recall(config));
        return report(seen, load);
    }

    /// Returns the snapshots of the measured part.
    private List<MetricsSnapshot> measured(RunMeasurement load) {
        Instant from = load.result().startedAt();
        Instant to = from.plusNanos(Math.round(load.result().seconds() * 1e9));
        return environment.metrics().history().stream()
                .filter(snapshot -> !snapshot.at().isBefore(from) && !snapshot.at().isAfter(to)).toList();
    }

    /// Measures what the settings of ranking cost against their defaults; null when none differs.
    private @Nullable RecallChange recall(MemFuseConfig config) {
        List<Setting> defaults = rankingDefaults(config);
        Optional<MemoryEngine> engine = environment.engine().get();
        if (defaults.isEmpty() || plan.recallTurns() == 0 || engine.isEmpty() || trials.stopped()) {
            return null;
        }
        phase = "Recall";
        MemFuseConfig byDefault = defaults.stream().reduce(config, (now, setting) -> ConfigValues.with(now,
                setting.key(), ConfigValues.parse(setting.key(), setting.value())), (first, _) -> first);
        RecallMeter meter = new RecallMeter(engine.get(),
                now -> trials.enter(now ? "settings in force" : "defaults of ranking", now ? config : byDefault),
                trials::stopped);
        RecallResult measured = meter.measure(plan.recallTurns()).orElse(null);
        trials.requireUndisturbed();
        return measured == null
                ? null
                : new RecallChange(defaults, measured.a(), measured.b(), measured.difference());
    }

    /// Returns the defaults of the settings that ranking depends on and that differ from them.
    static List<Setting> rankingDefaults(MemFuseConfig config) {
        return ConfigDiff.between(config, new ConfigLoader().load()).stream().filter(AdviceExecution::ofRanking)
                .map(change -> new Setting(change.path(), change.after())).toList();
    }

    private static boolean ofRanking(ConfigChange change) {
        String path = change.path();
        return (path.startsWith("retrieval.") || path.startsWith("embedding.")) && !NOT_TRIED.contains(path)
                && ConfigSchema.require(path).hot();
    }

    private AdviceReport report(Observation seen, RunMeasurement load) {
        String missing = seen.tooLittle();
        List<Advice> advice = AdviceRules.judge(seen);
        List<String> problems = new ArrayList<>();
        Verdict verdict = load.result().verdict();
        if (verdict.outcome() != Verdict.Outcome.GOOD) {
            problems.add("The load is not good: " + verdict.reasons().getFirst().sentence());
        }
        if (seen.after() == null) {
            problems.add("The database server did not answer, so that nothing is said about it.");
        }
        return new AdviceReport(FORMAT_VERSION, load.result().startedAt(), trials.stopped(), sentence(missing, advice),
                missing.isEmpty(), problems, advice, describe(), load.result().environment());
    }

    private static String sentence(String missing, List<Advice> advice) {
        if (!missing.isEmpty()) {
            return missing;
        }
        return advice.isEmpty()
                ? "No rule found anything under this load."
                : String.format(Locale.ROOT, "%s found something; the most urgent: %s",
                        Numbers.count(advice.size(), "rule"), advice.getFirst().sentence());
    }

    private String describe() {
        return String.format(Locale.ROOT, "%s, %s measured, %s",
                plan.load().arrival() instanceof Arrival.Open open
                        ? Numbers.value(open.level()) + " operations/s"
                        : Numbers.count(Math.round(plan.load().arrival().level())) + " callers",
                Numbers.seconds(plan.load().duration().toMillis() / 1e3),
                Numbers.count(plan.load().users(), "user"));
    }

    Progress progress() {
        long started = loadStarted;
        if (started == 0) {
            return Progress.of(phase);
        }
        double total = plan.load().duration().plus(plan.load().warmup().minimum()).toNanos();
        return Progress.ofShare(phase, Math.min(1, (System.nanoTime() - started) / total));
    }

    void stop() {
        trials.stop();
    }
}
