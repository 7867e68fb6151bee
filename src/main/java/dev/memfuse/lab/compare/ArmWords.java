package dev.memfuse.lab.compare;

import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.lab.paired.MetricResult;

/// What the sentences of a comparison call its arms: the two values when one setting differs, letters otherwise.
///
/// @param differences settings in which the arms differ
public record ArmWords(List<ConfigChange> differences) {
    /// Longer values, such as prompts, would hide the verdict behind them.
    private static final int LONGEST = 80;

    public ArmWords {
        differences = List.copyOf(differences);
    }

    /// Returns what the candidate changes: `buffer.bypass_mode false instead of true`; empty when it is not one setting
    /// with short values.
    public Optional<String> change() {
        return differences.size() == 1
                ? Optional.of(words(differences.getFirst())).filter(words -> words.length() <= LONGEST)
                : Optional.empty();
    }

    private static String words(ConfigChange one) {
        return one.path() + " " + one.after() + " instead of " + one.before();
    }

    /// Returns a ratio so far: `buffer.bypass_mode false instead of true: add.p50 0.39x [0.30, 0.62]`.
    public String ratio(MetricResult metric) {
        return change().map(change -> change + ": " + metric.title() + " " + metric.ratio().print())
                .orElseGet(() -> metric.title() + " is " + metric.ratio().print() + " of A");
    }

    /// Returns a verdict with its figures, without the full stop.
    ///
    /// @param verdict such as `better`
    public String verdict(String verdict, MetricResult metric) {
        String interval = metric.ratio().bounded() ? "" : ", without an interval";
        return change().map(change -> change + ": " + verdict + ", " + metric.title() + " " + metric.ratio().print())
                .orElseGet(() -> "B is " + verdict + ": " + metric.title() + " is " + metric.ratio().print() + " of A")
                + interval;
    }
}
