package dev.memfuse.lab.effect;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.history.RecordedResults;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.lab.scorecard.Phase;
import dev.memfuse.lab.scorecard.PromiseResult;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingEntry;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.load.recording.Recordings;

/// The newest measured effect of each setting, from the recordings of comparisons, trials and scorecards.
///
/// A recording is read once and its effects are kept, so that a second reading opens new recordings only. Thread-safe;
/// reads files, so not for the FX thread.
public final class FlagEffects {
    /// Recordings that one reading opens at most, newest first.
    public static final int MOST_READ = 200;
    private static final Set<RecordingKind> KINDS = Set.of(RecordingKind.COMPARISON, RecordingKind.TRIAL,
            RecordingKind.SCORECARD);

    private final Recordings recordings;
    private final ConfigProfiles profiles;
    private final Origin here;
    private final Map<String, List<MeasuredEffect>> known = new HashMap<>();

    /// Reads what this machine is.
    ///
    /// @param profiles hold the settings of the phases that scorecards compare
    public FlagEffects(Recordings recordings, ConfigProfiles profiles) {
        this(recordings, profiles, Origin.here());
    }

    FlagEffects(Recordings recordings, ConfigProfiles profiles, Origin here) {
        this.recordings = recordings;
        this.profiles = profiles;
        this.here = here;
    }

    /// Returns the effects by setting; a setting without one was not measured.
    ///
    /// What holds for this machine and version comes before what does not, a setting that changed alone before one that
    /// changed with others, and then the newest counts. Recordings that cannot be read are left out; History says why.
    ///
    /// @throws UncheckedIOException when the folder of the recordings cannot be read; the message is for the user
    public synchronized Map<String, MeasuredEffect> latest() {
        List<Manifest> newest = recordings.list().stream()
                .flatMap(entry -> entry instanceof RecordingEntry.Intact(Manifest manifest, long _)
                        ? Optional.of(manifest).stream()
                        : Optional.<Manifest>empty().stream())
                .filter(manifest -> KINDS.contains(manifest.kind())).limit(MOST_READ).toList();
        known.keySet().retainAll(newest.stream().map(Manifest::id).toList());
        Map<String, MeasuredEffect> latest = new LinkedHashMap<>();
        for (Manifest manifest : newest) {
            for (MeasuredEffect effect : known.computeIfAbsent(manifest.id(), _ -> read(manifest))) {
                latest.merge(effect.path(), effect, (first, other) -> rank(other) < rank(first) ? other : first);
            }
        }
        return latest;
    }

    private static int rank(MeasuredEffect effect) {
        return 2 * effect.validity().ordinal() + (effect.together().isEmpty() ? 0 : 1);
    }

    private List<MeasuredEffect> read(Manifest manifest) {
        RecordedResults results = new RecordedResults(recordings);
        try {
            return switch (manifest.kind()) {
                case COMPARISON -> of(manifest, results.comparison(manifest.id()).result());
                case TRIAL -> of(manifest, results.trial(manifest.id()).comparison());
                case SCORECARD -> of(manifest, results.scorecard(manifest.id()));
                case LOAD, SWEEP, ADVICE, TUNING, OBSERVATION -> List.of();
            };
        } catch (RecordingException | ConfigException | IllegalArgumentException _) {
            return List.of();
        }
    }

    private List<MeasuredEffect> of(Manifest manifest, ComparisonResult result) {
        if (result.metrics().isEmpty()) {
            return List.of();
        }
        MetricResult primary = result.primary();
        RatioEstimate ratio = result.counts() ? primary.ratio() : primary.ratio().undecided();
        MeasuredEffect.Validity validity = Origin.of(result.environment()).validity(here);
        return changes(result.differences()).stream()
                .map(change -> new MeasuredEffect(manifest.id(), manifest.kind(), manifest.endedAt(), change.path(),
                        change.before(), change.after(), others(result.differences(), change), primary.name(),
                        primary.higherIsBetter(), ratio, validity))
                .toList();
    }

    /// Settings that this version does not have are left out.
    private static List<ConfigChange> changes(List<ConfigChange> differences) {
        return differences.stream().filter(change -> ConfigSchema.find(change.path()).isPresent()).toList();
    }

    private static List<String> others(List<ConfigChange> differences, ConfigChange one) {
        return differences.stream().map(ConfigChange::path).filter(path -> !path.equals(one.path())).toList();
    }

    /// The first promise between two phases stands for the settings in which they differ; of several pairs of phases
    /// that with the fewest settings counts.
    private List<MeasuredEffect> of(Manifest manifest, ScorecardResult result) {
        MeasuredEffect.Validity validity = Origin.of(result.environment()).validity(here);
        Map<String, MeasuredEffect> effects = new LinkedHashMap<>();
        for (PromiseResult promise : result.promises()) {
            Optional<Phase> from = phase(promise.from());
            Optional<Phase> to = phase(promise.to());
            if (from.isEmpty() || to.isEmpty() || Double.isNaN(promise.reduction().estimate())) {
                continue;
            }
            List<ConfigChange> differences = ConfigDiff.between(profiles.load(from.get().profile()),
                    profiles.load(to.get().profile()));
            for (ConfigChange change : differences) {
                MeasuredEffect effect = new MeasuredEffect(manifest.id(), manifest.kind(), manifest.endedAt(),
                        change.path(), change.before(), change.after(), others(differences, change), promise.name(),
                        false, ratio(promise, result.rounds()), validity);
                effects.merge(change.path(), effect, (first, other) -> other.together().size() < first.together().size()
                        ? other
                        : first);
            }
        }
        return List.copyOf(effects.values());
    }

    private static Optional<Phase> phase(String title) {
        return List.of(Phase.values()).stream().filter(phase -> phase.title().equals(title)).findFirst();
    }

    private static RatioEstimate ratio(PromiseResult promise, int rounds) {
        boolean bounded = promise.reduction().bounded();
        double low = bounded ? 1 - promise.reduction().high() : 0;
        double high = bounded ? 1 - promise.reduction().low() : Double.POSITIVE_INFINITY;
        Decision decision = high < 1 ? Decision.BETTER : low > 1 ? Decision.WORSE : Decision.NOT_ENOUGH;
        return new RatioEstimate(1 - promise.reduction().estimate(), low, high, Double.NaN, "scorecard", rounds,
                decision, 0);
    }
}
