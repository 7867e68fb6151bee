package dev.memfuse.lab.history;

import dev.memfuse.lab.advice.run.AdviceReport;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.load.Workload;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.RecordingFile;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.report.ResultJson;

/// Opens recorded experiments as they were shown at their end. Reads files; needs no engine.
///
/// @param recordings holds them
public record RecordedResults(Recordings recordings) {
    private static final String PLAN = RecordedExperiments.PLAN;

    /// A recorded comparison.
    ///
    /// @param margin smallest relative difference that matters
    /// @param pairs number of pairs of the plan
    public record Comparison(ComparisonResult result, double margin, int pairs) {}

    /// The part of a plan that a page shows; missing values are those of a usual comparison.
    private record Plan(Double margin, Integer pairs) {}

    /// Returns a comparison.
    ///
    /// @param given id, unique beginning of an id, or `last`
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws RecordingException when it is of another kind or cannot be read; the message is for the user
    public Comparison comparison(String given) {
        Manifest manifest = open(given, RecordingKind.COMPARISON);
        ComparisonResult result = read(manifest, RecordingFile.RESULT, ComparisonResult.class);
        if (!manifest.files().containsKey(PLAN)) {
            return new Comparison(result, ComparisonPlan.MARGIN, result.blocks().size() / 2);
        }
        Plan plan = read(manifest, PLAN, Plan.class);
        return new Comparison(result, plan.margin(), plan.pairs());
    }

    /// Returns a sweep.
    ///
    /// @param given id, unique beginning of an id, or `last`
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws RecordingException when it is of another kind or cannot be read; the message is for the user
    public SweepResult sweep(String given) {
        return read(open(given, RecordingKind.SWEEP), RecordingFile.RESULT, SweepResult.class);
    }

    /// Returns a scorecard.
    ///
    /// @param given id, unique beginning of an id, or `last`
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws RecordingException when it is of another kind or cannot be read; the message is for the user
    public ScorecardResult scorecard(String given) {
        return read(open(given, RecordingKind.SCORECARD), RecordingFile.RESULT, ScorecardResult.class);
    }

    /// Recorded advice.
    ///
    /// @param load the load that the advice was derived from, for a trial
    public record Advised(AdviceReport report, Workload load) {}

    /// Returns advice.
    ///
    /// @param given id, unique beginning of an id, or `last`
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws RecordingException when it is of another kind or cannot be read; the message is for the user
    public Advised advice(String given) {
        Manifest manifest = open(given, RecordingKind.ADVICE);
        return new Advised(read(manifest, RecordingFile.RESULT, AdviceReport.class),
                new RecordedExperiments(recordings).load(manifest));
    }

    /// Returns the trial of an advice.
    ///
    /// @param given id, unique beginning of an id, or `last`
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws RecordingException when it is of another kind or cannot be read; the message is for the user
    public AdviceTrial trial(String given) {
        return read(open(given, RecordingKind.TRIAL), RecordingFile.RESULT, AdviceTrial.class);
    }

    /// Returns a tuning.
    ///
    /// @param given id, unique beginning of an id, or `last`
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws RecordingException when it is of another kind or cannot be read; the message is for the user
    public TuneResult tuning(String given) {
        return read(open(given, RecordingKind.TUNING), RecordingFile.RESULT, TuneResult.class);
    }

    private Manifest open(String given, RecordingKind kind) {
        Manifest manifest = recordings.open(given);
        if (manifest.kind() != kind) {
            throw new RecordingException("The recording " + manifest.id() + " is a " + manifest.kind().label()
                    + ", not a " + kind.label() + ".");
        }
        return manifest;
    }

    private <T> T read(Manifest manifest, String file, Class<T> type) {
        try {
            return ResultJson.read(recordings.text(manifest, file), type);
        } catch (IllegalArgumentException e) {
            throw new RecordingException("The file " + file + " of the recording " + manifest.id()
                    + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
