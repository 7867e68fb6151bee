package dev.memfuse.lab.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.lab.advice.run.AdvicePlan;
import dev.memfuse.lab.advice.run.AdviceReport;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.advice.run.TrialPlan;
import dev.memfuse.lab.compare.BlockLatencies;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.ComparisonSink;
import dev.memfuse.lab.compare.report.BlocksCsv;
import dev.memfuse.lab.history.RecordedExperiments.Advised;
import dev.memfuse.lab.history.RecordedExperiments.Pairs;
import dev.memfuse.lab.history.RecordedExperiments.Tried;
import dev.memfuse.lab.history.RecordedExperiments.Tuned;
import dev.memfuse.lab.history.RecordedExperiments.Values;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioYaml;
import dev.memfuse.lab.scorecard.PromiseResult;
import dev.memfuse.lab.scorecard.ScorecardPlan;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.SweepPoint;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.sweep.SweepValues;
import dev.memfuse.lab.tune.TunePlan;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.load.recording.Figure;
import dev.memfuse.load.recording.NewRecording;
import dev.memfuse.load.recording.Recorder;
import dev.memfuse.load.recording.RecordingFile;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.load.recording.RecordingTexts;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.stats.Numbers;

/// Records comparisons, sweeps, scorecards, advice, its trials, and tunings. A failure to record is a warning and never
/// fails the experiment. Thread-safe.
///
/// @param recorder writes the recordings
/// @param serverSettings returns settings of the database server by name; read at the end of an experiment
/// @param log returns the lines of the log since a moment; may be empty
/// @param texts makes the text files
public record LabRecorder(Recorder recorder, Supplier<Map<String, String>> serverSettings,
        Function<Instant, List<String>> log, RecordingTexts texts)
        implements
            ComparisonSink {
    private static final String BLOCKS = "blocks.csv";
    private static final String CANCELLED = "stopped";

    @Override
    public void ended(ComparisonPlan plan, ComparisonResult result, BlockLatencies latencies) {
        recorder.record(() -> comparison(plan, result, latencies));
    }

    private NewRecording comparison(ComparisonPlan plan, ComparisonResult result, BlockLatencies latencies) {
        List<RecordingFile> files = new ArrayList<>(filesOf(plan, result, latencies));
        files.add(texts.json(RecordedExperiments.PLAN, planOf(plan)));
        files.add(texts.json(RecordingFile.RESULT, result));
        String name = result.differences().isEmpty()
                ? "A/A: " + result.a()
                : result.b() + " against " + result.a();
        return recording(RecordingKind.COMPARISON, name, result.startedAt(), plan.block().seed(),
                result.cancelled() ? CANCELLED : result.decision().label(), result.sentence(), figuresOf(result),
                files);
    }

    private static List<Figure> figuresOf(ComparisonResult result) {
        List<Figure> figures = new ArrayList<>();
        for (MetricResult metric : result.metrics()) {
            figures.add(Figure.of(metric.name() + " A", metric.unit(), metric.a()));
            figures.add(Figure.of(metric.name() + " B", metric.unit(), metric.b()));
            figures.add(Figure.of(metric.name() + " B/A", "", metric.ratio().ratio()));
        }
        return figures;
    }

    /// Returns the files of a comparison that its plan and its result are not part of.
    private List<RecordingFile> filesOf(ComparisonPlan plan, ComparisonResult result, BlockLatencies latencies) {
        return List.of(RecordingFile.text(RecordingFile.SCENARIO, ScenarioYaml.write(Scenario.of(plan.block()))),
                texts.config(RecordedExperiments.CONFIG_A, plan.a().config()),
                texts.config(RecordedExperiments.CONFIG_B, plan.b().config()),
                texts.environment(result.environment(), serverSettings.get()),
                new RecordingFile(RecordingFile.LATENCY, latencies::writeTo),
                RecordingFile.text(BLOCKS, String.join("\n", BlocksCsv.lines(result)) + "\n"));
    }

    private static Pairs planOf(ComparisonPlan plan) {
        return new Pairs(plan.a().name(), plan.b().name(), plan.primary().name(), plan.pairs(),
                plan.untilDecided(), plan.margin(), plan.recallTurns());
    }

    /// Records a sweep.
    public void sweep(SweepPlan plan, SweepResult result) {
        recorder.record(() -> {
            List<Figure> figures = new ArrayList<>();
            for (SweepPoint point : result.points()) {
                figures.add(
                        Figure.of("throughput at " + SweepValues.text(point.value())
                                + (point.second() == null ? "" : ", " + SweepValues.text(point.second())), "/s",
                                point.throughputPerS()));
            }
            List<RecordingFile> files = List.of(
                    RecordingFile.text(RecordingFile.SCENARIO, ScenarioYaml.write(Scenario.of(plan.workload()))),
                    texts.config(RecordingFile.CONFIG, plan.base()),
                    texts.json(RecordedExperiments.PLAN,
                            new Values(plan.parameter(), plan.values(), plan.rounds(), plan.second())),
                    texts.environment(result.environment(), serverSettings.get()),
                    texts.json(RecordingFile.RESULT, result));
            return recording(RecordingKind.SWEEP, "Sweep of " + plan.parameter()
                    + (plan.second() == null ? "" : " and " + plan.second().parameter()), result.startedAt(),
                    plan.workload().seed(), result.cancelled() ? CANCELLED : "measured", result.sentence(), figures,
                    files);
        });
    }

    /// Records a scorecard.
    public void scorecard(ScorecardPlan plan, ScorecardResult result) {
        recorder.record(() -> {
            List<Figure> figures = new ArrayList<>();
            for (PromiseResult promise : result.promises()) {
                figures.add(Figure.of(promise.name() + ", " + promise.network(), "of before",
                        1 - promise.reduction().estimate()));
            }
            String sentence = Numbers.count(result.count(PromiseResult.Outcome.KEPT), "promise") + " kept, "
                    + Numbers.count(result.count(PromiseResult.Outcome.NOT_KEPT)) + " not kept, "
                    + Numbers.count(result.count(PromiseResult.Outcome.UNDECIDED)) + " undecided.";
            return recording(RecordingKind.SCORECARD, "Scorecard, " + Numbers.count(result.rounds(), "round"),
                    result.startedAt(), plan.seed(), result.cancelled() ? CANCELLED : "measured", sentence, figures,
                    List.of(texts.environment(result.environment(), serverSettings.get()),
                            texts.json(RecordingFile.RESULT, result)));
        });
    }

    /// Records the advice about an engine under a load.
    ///
    /// @param config settings under which the load ran
    public void advice(AdvicePlan plan, MemFuseConfig config, AdviceReport report) {
        recorder.record(() -> {
            List<Figure> figures = report.advice().stream()
                    .map(advice -> Figure.of(advice.rule(), "of 100", advice.score())).toList();
            List<RecordingFile> files = List.of(
                    RecordingFile.text(RecordingFile.SCENARIO, ScenarioYaml.write(Scenario.of(plan.load()))),
                    texts.config(RecordingFile.CONFIG, config),
                    texts.json(RecordedExperiments.PLAN, new Advised(plan.recallTurns())),
                    texts.environment(report.environment(), serverSettings.get()),
                    texts.json(RecordingFile.RESULT, report));
            return recording(RecordingKind.ADVICE, "Advice: " + report.load(), report.startedAt(), plan.load().seed(),
                    report.cancelled() ? CANCELLED : report.outcome(), report.sentence(), figures, files);
        });
    }

    /// Records the trial of an advice.
    public void trial(TrialPlan plan, AdviceTrial trial, BlockLatencies latencies) {
        recorder.record(() -> {
            ComparisonResult result = trial.comparison();
            List<RecordingFile> files = new ArrayList<>(filesOf(plan.comparison(), result, latencies));
            files.add(texts.json(RecordedExperiments.PLAN, new Tried(plan.advice(), planOf(plan.comparison()))));
            files.add(texts.json(RecordingFile.RESULT, trial));
            return recording(RecordingKind.TRIAL, "Trial: " + result.b(), result.startedAt(),
                    plan.comparison().block().seed(), result.cancelled() ? CANCELLED : trial.outcome().label(),
                    trial.sentence(), figuresOf(result), files);
        });
    }

    /// Records a tuning.
    public void tuning(TunePlan plan, TuneResult result) {
        recorder.record(() -> {
            ComparisonResult last = result.comparison();
            List<RecordingFile> files = new ArrayList<>(List.of(
                    RecordingFile.text(RecordingFile.SCENARIO, ScenarioYaml.write(Scenario.of(plan.load()))),
                    texts.config(RecordingFile.CONFIG, plan.start().config()),
                    texts.json(RecordedExperiments.PLAN, Tuned.of(plan)),
                    texts.environment(result.environment(), serverSettings.get()),
                    texts.json(RecordingFile.RESULT, result)));
            int number = 0;
            for (MemFuseConfig profile : plan.profiles().values()) {
                number++;
                files.add(texts.config(RecordedExperiments.profile(number), profile));
            }
            return recording(RecordingKind.TUNING, "Tuning: " + result.goal(), result.startedAt(), plan.load().seed(),
                    result.cancelled() ? CANCELLED : result.proven() ? "better" : "not shown", result.sentence(),
                    last == null ? List.of() : figuresOf(last), files);
        });
    }

    private NewRecording recording(RecordingKind kind, String name, Instant startedAt, long seed, String outcome,
            String sentence, List<Figure> figures, List<RecordingFile> files) {
        List<RecordingFile> all = new ArrayList<>(files);
        texts.log(log.apply(startedAt)).ifPresent(all::add);
        return new NewRecording(kind, name, startedAt, SteadyClock.now(), seed, outcome, texts.text(sentence), figures,
                all);
    }
}
