package dev.memfuse.engine.retrieval;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.time.Period;
import dev.memfuse.engine.time.QuestionTimes;
import dev.memfuse.engine.time.TimeMention;

/// Signals that an entry's own attributes give, some of them for certain questions only. Each is 0..1 and its weighted
/// value is added to the score, beside words, vectors and neighbours:
///
/// - length: longer texts say more; one of [#HALF_LENGTH] terms has half of the weight;
/// - statement: a text that does not end with a question is more often an answer;
/// - speaker: the question names the speaker of the turn;
/// - time: the message is of the time that the question names, or near it;
/// - stated: the question asks for a time, and the text states one.
///
/// Computed for the entries of one scope. One thread.
final class Hints {
    private static final double HALF_LENGTH = 10;
    /// Value of the lengths below this number of terms, since divisions are slow.
    private static final double[] LENGTHS = IntStream.range(0, 1024).mapToDouble(Hints::lengthOf).toArray();
    private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);

    private final Attributes entries;
    private final HintWeights weights;
    private final BitSet spoken;
    private final List<Period> periods;

    private Hints(Attributes entries, HintWeights weights, BitSet spoken, List<Period> periods) {
        this.entries = entries;
        this.weights = weights;
        this.spoken = spoken;
        this.periods = periods;
    }

    /// Returns the hints that a question gives.
    static Hints of(QueryText query, BitSet scope, Attributes entries, HintWeights weights) {
        BitSet spoken = weights.speaker() > 0
                ? entries.spokenBy(new SpeakerLabel.Finder(query.text())::names)
                : new BitSet();
        List<Period> periods = weights.time() > 0 ? periods(query, scope, entries) : List.of();
        return new Hints(entries, new HintWeights(weights.length(), weights.statement(),
                spoken.isEmpty() ? 0 : weights.speaker(), periods.isEmpty() ? 0 : weights.time(),
                TimeMention.isAskedBy(query.text()) ? weights.stated() : 0), spoken, periods);
    }

    private static List<Period> periods(QueryText query, BitSet scope, Attributes entries) {
        QuestionTimes times = QuestionTimes.in(query.text());
        if (times.isEmpty() || scope.isEmpty()) {
            return List.of();
        }
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (int i = scope.nextSetBit(0); i >= 0; i = scope.nextSetBit(i + 1)) {
            earliest = Math.min(earliest, entries.createdMicros(i));
            latest = Math.max(latest, entries.createdMicros(i));
        }
        return times.periods(query.today(), year(earliest), year(latest));
    }

    private static int year(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY)).getYear();
    }

    /// Returns the sum of the weights.
    double weight() {
        return weights.length() + weights.statement() + weights.speaker() + weights.time() + weights.stated();
    }

    /// Returns the weighted sum of an entry's values.
    double sum(int ordinal) {
        return weights.length() * length(ordinal) + weights.statement() * statement(ordinal)
                + weights.speaker() * speaker(ordinal) + weights.time() * time(ordinal)
                + weights.stated() * stated(ordinal);
    }

    /// Returns a number that is not below [#sum], from what is read fastest.
    double bound(int ordinal) {
        return weights.length() * length(ordinal) + weights.statement()
                + (weights.speaker() > 0 ? weights.speaker() * speaker(ordinal) : 0)
                + weights.time()
                + (weights.stated() > 0 ? weights.stated() * stated(ordinal) : 0);
    }

    private double length(int ordinal) {
        int terms = entries.length(ordinal);
        return terms < LENGTHS.length ? LENGTHS[terms] : lengthOf(terms);
    }

    private static double lengthOf(int terms) {
        return terms / (terms + HALF_LENGTH);
    }

    private double statement(int ordinal) {
        return entries.isQuestion(ordinal) ? 0 : 1;
    }

    private double speaker(int ordinal) {
        return spoken.get(ordinal) ? 1 : 0;
    }

    private double stated(int ordinal) {
        return entries.statesTime(ordinal) ? 1 : 0;
    }

    private double time(int ordinal) {
        double nearest = 0;
        if (!periods.isEmpty()) {
            long day = Math.floorDiv(entries.createdMicros(ordinal), MICROS_PER_DAY);
            for (Period period : periods) {
                nearest = Math.max(nearest, period.nearness(day));
            }
        }
        return nearest;
    }

    /// Receives the value of a hint.
    @FunctionalInterface
    interface HintConsumer {
        /// @param value 0..1
        void accept(Signal signal, double value, double weight);
    }

    /// Passes each hint of an entry that has a weight to `consumer`.
    void each(int ordinal, HintConsumer consumer) {
        pass(Signal.LENGTH, length(ordinal), weights.length(), consumer);
        pass(Signal.STATEMENT, statement(ordinal), weights.statement(), consumer);
        pass(Signal.SPEAKER, speaker(ordinal), weights.speaker(), consumer);
        pass(Signal.TIME, time(ordinal), weights.time(), consumer);
        pass(Signal.STATED_TIME, stated(ordinal), weights.stated(), consumer);
    }

    private static void pass(Signal signal, double value, double weight, HintConsumer consumer) {
        if (weight > 0) {
            consumer.accept(signal, value, weight);
        }
    }
}
