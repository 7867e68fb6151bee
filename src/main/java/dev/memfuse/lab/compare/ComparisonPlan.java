package dev.memfuse.lab.compare;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.Guardrails;
import dev.memfuse.lab.trial.StartSettings;
import dev.memfuse.load.Workload;

/// The definition of a comparison, fixed before its first block.
///
/// @param a reference
/// @param b candidate
/// @param block load of one block: its warm-up is the settle time, its seed that of the first pair. The settle time is
///        fixed, and at least 3 s, when [#restarted] is not empty
/// @param autoRate whether rate and length of the blocks are chosen first: 70 % of what the slower arm carries, for as
///        long as the primary metric needs; otherwise those of `block` are used
/// @param primary metric that decides
/// @param pairs number of pairs, 1..1000; the largest number with [#untilDecided]
/// @param untilDecided whether to stop at the first look of a group-sequential rule that decides
/// @param margin smallest relative difference that matters, more than 0 and less than 1
/// @param recallTurns turns of the planted conversations that each arm is asked about after the load, at least 400; 0
///        measures no recall
/// @param guarded whether [Guardrails] end the comparison before its last pair
public record ComparisonPlan(Arm a, Arm b, Workload block, boolean autoRate, Metric primary, int pairs,
        boolean untilDecided, double margin, int recallTurns, boolean guarded) {
    /// Pairs of a usual comparison.
    public static final int PAIRS = 20;
    /// Pairs of a quick comparison. With 8, the smallest p value of signed ranks (0.008) could not survive the
    /// correction for the metrics beside the primary one.
    public static final int QUICK_PAIRS = 10;
    /// Default of the smallest relative difference that matters.
    public static final double MARGIN = 0.03;
    /// Largest fall of Recall@10 that does not matter, in percentage points.
    public static final double RECALL_MARGIN_POINTS = Guardrails.RECALL_POINTS;
    /// Turns of the planted conversations of a usual comparison.
    public static final int RECALL_TURNS = 800;
    /// Maximum probability of a false alarm.
    public static final double ALPHA = 0.05;
    /// Numbers of pairs at which a comparison that runs until it is decided looks at its data.
    static final int[] LOOKS = {8, 16, 24, 32};
    /// Largest number of pairs of a comparison that runs until it is decided.
    public static final int LOOKS_END = 32;
    private static final int MAX_PAIRS = 1000;
    /// Time in which an arm stores a turn of the conversations of recall and answers its questions.
    private static final Duration RECALL_OF_A_TURN = Duration.ofMillis(5);
    /// Time of a block beside its load: users are made, messages stored, users removed.
    private static final Duration AROUND_A_BLOCK = Duration.ofMillis(1500);

    /// @throws IllegalArgumentException when a value is out of range; the message is for the user
    public ComparisonPlan {
        if (pairs < 1 || pairs > MAX_PAIRS) {
            throw new IllegalArgumentException("A comparison has 1 to 1000 pairs, not " + pairs + ".");
        }
        if (!(margin > 0 && margin < 1)) {
            throw new IllegalArgumentException("The margin is a share between 0 and 1, for instance 0.03.");
        }
        if (recallTurns < 0) {
            throw new IllegalArgumentException("The number of turns for recall must not be negative.");
        }
        if (!Metric.of(block).contains(primary)) {
            throw new IllegalArgumentException("The load has no operation for the primary metric " + primary.title()
                    + "; give it a share in the mix.");
        }
        if (!StartSettings.differing(a.config(), b.config()).isEmpty()) {
            block = StartSettings.settled(block);
        }
    }

    /// Creates a plan without guardrails.
    public ComparisonPlan(Arm a, Arm b, Workload block, boolean autoRate, Metric primary, int pairs,
            boolean untilDecided, double margin, int recallTurns) {
        this(a, b, block, autoRate, primary, pairs, untilDecided, margin, recallTurns, false);
    }

    /// Returns the plan with guardrails.
    public ComparisonPlan withGuardrails() {
        return new ComparisonPlan(a, b, block, autoRate, primary, pairs, untilDecided, margin, recallTurns, true);
    }

    /// Returns the settings in which the arms differ; empty for a comparison of equal arms (A/A).
    public List<ConfigChange> differences() {
        return ConfigDiff.between(a.config(), b.config());
    }

    /// Returns the settings in which the arms differ and that take effect at the start of the database server. When
    /// there are any, every block begins with a restart of the server, also one with the arm of the block before: a
    /// block with warm caches cannot be compared with one without.
    public List<String> restarted() {
        return StartSettings.differing(a.config(), b.config());
    }

    /// Returns the number of restarts of the server: before each load, before each conversation of recall, and at the
    /// end.
    public int restarts() {
        return restarted().isEmpty()
                ? 0
                : 2 * pairs + (autoRate ? 2 : 0) + (recallTurns > 0 ? RecallMeter.SWITCHES : 0) + 1;
    }

    /// Returns what the restarts are for and take, as a sentence; empty for a comparison without them.
    public Optional<String> restartNote() {
        return StartSettings.note(restarted(), "block", restarts());
    }

    /// Returns the plan with another load of its blocks.
    ComparisonPlan withBlock(Workload other) {
        return new ComparisonPlan(a, b, other, false, primary, pairs, untilDecided, margin, recallTurns, guarded);
    }

    /// Returns a quick comparison of arm A with itself under the same load, which shows the noise of this machine.
    public ComparisonPlan equalArms() {
        return new ComparisonPlan(a, a, block, autoRate, primary, QUICK_PAIRS, false, margin, 0);
    }

    /// Returns the expected time of the comparison: the search for a rate, the blocks, and the questions of recall.
    public Duration planned() {
        Duration search = autoRate ? time(BlockSizing.probe(block)).multipliedBy(2) : Duration.ZERO;
        return search.plus(time(block).multipliedBy(2L * pairs)).plus(recallTime())
                .plus(StartSettings.RESTART.multipliedBy(restarts() - restartsAfter()));
    }

    /// Returns the expected time of the work after the last pair: the questions, and restarts of the server.
    Duration recallTime() {
        return RECALL_OF_A_TURN.multipliedBy(2L * recallTurns)
                .plus(StartSettings.RESTART.multipliedBy(restartsAfter()));
    }

    private int restartsAfter() {
        return restarts() == 0 ? 0 : (recallTurns > 0 ? RecallMeter.SWITCHES : 0) + 1;
    }

    private static Duration time(Workload load) {
        return load.warmup().minimum().plus(load.duration()).plus(AROUND_A_BLOCK);
    }
}
