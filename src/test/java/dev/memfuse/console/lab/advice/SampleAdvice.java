package dev.memfuse.console.lab.advice;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.console.lab.compare.SampleComparison;
import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.Evidence;
import dev.memfuse.lab.advice.Prediction;
import dev.memfuse.lab.advice.Setting;
import dev.memfuse.lab.advice.run.AdviceReport;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.advice.run.TrialPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import org.jspecify.annotations.Nullable;

/// Advice of every urgency, and trials whose estimates are those of the real statistics.
public final class SampleAdvice {
    private static final Instant START = Instant.parse("2026-11-27T14:02:00Z");
    /// Advice with a setting to try.
    public static final Advice STATEMENTS = new Advice("statements_per_operation", 78,
            "An operation asks the database many times (N+1).",
            "Each statement costs a round trip: nothing on this machine, 0.5 to 2 ms each on a network. The rule asks "
                    + "for 6 round trips per operation; the consolidated form needs 2 or 3 (plan 2.1: 50–200 ms of "
                    + "queries per request become 10–50 ms).",
            List.of(new Evidence("14.2 statements and 11.8 round trips per operation, work after the acknowledgement "
                    + "included; SQL takes 64 % of the time of an operation", START.plusSeconds(9))),
            List.of(new Setting("queries.consolidated", "true")), "",
            new Prediction("add.p50", 0.55, "fewer round trips within the time of SQL"));
    private static final Advice POOL = new Advice("pool_too_small", 52, "Operations wait for a connection.",
            "The rule asks for waits in a fifth of the samples.",
            List.of(new Evidence("waits in 31 % of the samples, p99 12.4 ms", START.plusSeconds(14)),
                    new Evidence("all 5 connections in use", START.plusSeconds(15))),
            List.of(new Setting("postgres.pool_size", "10")), "", new Prediction("query.p50", 0.8, "less waiting"));
    private static final Advice SERVER = new Advice("statements_missing", 20, "pg_stat_statements is not installed.",
            "Without it nobody can say which statement takes the time.",
            List.of(new Evidence("the extension is available and not loaded", START.plusSeconds(19))), List.of(),
            "Add it to shared_preload_libraries and restart the server.", null);

    private SampleAdvice() {}

    /// Returns a report of three rules.
    public static AdviceReport report() {
        return report(List.of(STATEMENTS, POOL, SERVER), "3 rules found something; the most urgent: "
                + STATEMENTS.sentence(), true);
    }

    static AdviceReport report(List<Advice> advice, String sentence, boolean enough) {
        return new AdviceReport(1, START, false, sentence, enough,
                advice.isEmpty() ? List.of() : List.of("The database server restarted during the load."), advice,
                "100 operations/s, 20.0 s measured, 20 users", Map.of("java", "25"));
    }

    /// Returns a trial.
    ///
    /// @param factor times of the candidate as a multiple of the reference
    /// @param aborted the guardrail that ended it; null for none
    public static AdviceTrial trial(TrialPlan plan, double factor, @Nullable String aborted) {
        ComparisonResult all = SampleComparison.result(plan.comparison(), plan.comparison().pairs(), factor,
                aborted == null ? List.of() : List.of(aborted));
        return AdviceTrial.of(plan.advice(), new ComparisonResult(1, all.startedAt(), false, all.a(), all.b(),
                all.differences(), all.decision(), all.sentence(), all.problems(), all.metrics(), all.recall(),
                all.spectra(), all.blocks(), all.design(), all.environment(), aborted));
    }
}
