package dev.memfuse.lab.advice.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.Evidence;
import dev.memfuse.lab.advice.Prediction;
import dev.memfuse.lab.advice.Setting;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.Comparisons;
import dev.memfuse.lab.compare.EqualArms;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.Loads;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Sampler;
import dev.memfuse.metrics.Trace;
import dev.memfuse.metrics.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Advice is an experiment: its change is compared, and kept only when the comparison confirms it. The engine's latency
/// is a known function of its settings.
@Tag("timing")
class AdviceTrialTest {
    private static final Workload QUERIES = Loads.closed(16, Loads.QUERIES, Duration.ofMillis(50),
            Duration.ofMillis(150));

    @TempDir
    Path folder;

    private final Loads loads = new Loads(Duration.ofSeconds(5), "load.keep_data=false", "queries.consolidated=false");

    @AfterEach
    void close() {
        loads.close();
    }

    private static void park(long micros) {
        long nanos = TimeUnit.MICROSECONDS.toNanos(micros);
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Advice advice(double predicted, String... change) {
        return new Advice("a_rule", 50, "Something is slow.", "Because.",
                List.of(new Evidence("it took 4 ms", Instant.EPOCH)),
                List.of(change).stream().map(text -> new Setting(text.split("=", 2)[0], text.split("=", 2)[1]))
                        .toList(),
                change.length == 0 ? "Ask the server." : "", change.length == 0
                        ? null
                        : new Prediction("query.p50", predicted, "it is faster"));
    }

    private AdviceTrial attempt(Advice advice) {
        MemFuseConfig before = loads.tunables.get();
        try (Comparisons comparisons = new Comparisons(loads.service, loads.tunables, Optional::empty,
                new EqualArms(folder.resolve("equal-arms.csv")))) {
            ComparisonPlan plan = AdviceTrial.plan(advice, new Arms(new FileProfiles(folder), before), QUERIES);
            ComparisonPlan quick = new ComparisonPlan(plan.a(), plan.b(),
                    plan.block().withDuration(Duration.ofMillis(150)).withWarmup(QUERIES.warmup()), false,
                    plan.primary(), 8, false, plan.margin(), 0, plan.guarded());
            AdviceTrial trial = AdviceTrial.of(advice,
                    comparisons.start(quick).result().orTimeout(60, TimeUnit.SECONDS).join());
            assertEquals(before, loads.tunables.get(), "the settings from before are in force after the trial");
            return trial;
        }
    }

    @Test
    void aConfirmedChangeIsToBeKept() {
        loads.engine.inside = _ -> park(loads.tunables.get().queries().consolidated() ? 1_000 : 4_000);

        AdviceTrial trial = attempt(advice(0.5, "queries.consolidated=true"));

        assertEquals(AdviceTrial.Outcome.KEEP, trial.outcome(), trial.sentence());
        assertTrue(trial.sentence().startsWith("Predicted: query.p50 about 0.50x. Measured: "), trial.sentence());
    }

    @Test
    void aGuardrailEndsAChangeThatIsMuchWorse() {
        loads.engine.inside = _ -> park(loads.tunables.get().queries().consolidated() ? 5_000 : 1_000);

        AdviceTrial trial = attempt(advice(0.5, "queries.consolidated=true"));

        assertEquals(AdviceTrial.Outcome.REVERT, trial.outcome(), trial.sentence());
        assertNotNull(trial.comparison().aborted());
        assertTrue(trial.sentence().contains("A guardrail ended the comparison: query p50 is"), trial.sentence());
        assertTrue(trial.comparison().blocks().size() < 16, "the comparison ended early");
    }

    @Test
    void anAdviceWithoutASettingCannotBeTried() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> AdviceTrial.plan(advice(1), new Arms(new FileProfiles(folder), loads.tunables.get()), QUERIES));

        assertTrue(String.valueOf(refused.getMessage()).contains("Ask the server."), refused.getMessage());
    }

    /// The engine of this program does not do it, so a fake one counts what such an engine would.
    @Test
    void leasesHeldAcrossAModelAreReported() {
        loads.engine.inside = _ -> {
            Trace trace = loads.hub.begin(Operation.QUERY);
            park(2_000);
            loads.hub.work().add(Work.MODEL_LEASES, 1);
            loads.hub.leased(0, TimeUnit.MILLISECONDS.toNanos(2));
            loads.hub.end(trace, false);
        };
        try (Sampler _ = new Sampler(loads.hub, () -> 20, _ -> {}, Clock.systemUTC());
                Advisor advisor = new Advisor(loads.service, new Advisor.Environment(loads.tunables, loads.hub,
                        Optional::empty, Optional::empty))) {
            AdviceReport report = advisor
                    .start(new AdvicePlan(
                            Loads.closed(2, Loads.QUERIES, Duration.ofMillis(100), Duration.ofMillis(5500)), 0))
                    .result().orTimeout(60, TimeUnit.SECONDS).join();

            assertTrue(
                    report.advice().stream().map(Advice::rule).toList().contains("connection_held_across_model_call"),
                    report.toString());
            assertTrue(report.warns(), report.toString());
            assertTrue(report.problems().getFirst().contains("did not answer"), report.toString());
        }
    }
}
