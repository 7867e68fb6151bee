package dev.memfuse.engine.retrieval;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
    static final Hints NONE = new Hints(List.of());
    private static final double HALF_LENGTH = 10;
    private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);

    private final List<Hint> hints;

    private Hints(List<Hint> hints) {
        this.hints = hints;
    }

    /// Value of a hint by ordinal.
    @FunctionalInterface
    private interface Value {
        double of(int ordinal);
    }

    /// @param value 0..1
    private record Hint(Signal signal, double weight, Value value) {}

    /// Returns the hints that a question gives.
    static Hints of(QueryText query, BitSet scope, Attributes entries, HintWeights weights) {
        List<Hint> hints = new ArrayList<>();
        if (weights.length() > 0) {
            hints.add(new Hint(Signal.LENGTH, weights.length(),
                    i -> entries.length(i) / (entries.length(i) + HALF_LENGTH)));
        }
        if (weights.statement() > 0) {
            hints.add(new Hint(Signal.STATEMENT, weights.statement(), i -> entries.isQuestion(i) ? 0 : 1));
        }
        if (weights.speaker() > 0) {
            BitSet spoken = entries.spokenBy(new SpeakerLabel.Finder(query.text())::names);
            if (!spoken.isEmpty()) {
                hints.add(new Hint(Signal.SPEAKER, weights.speaker(), i -> spoken.get(i) ? 1 : 0));
            }
        }
        if (weights.time() > 0) {
            List<Period> periods = periods(query, scope, entries);
            if (!periods.isEmpty()) {
                hints.add(new Hint(Signal.TIME, weights.time(), i -> nearness(periods, entries.createdMicros(i))));
            }
        }
        if (weights.stated() > 0 && TimeMention.isAskedBy(query.text())) {
            hints.add(new Hint(Signal.STATED_TIME, weights.stated(), i -> entries.statesTime(i) ? 1 : 0));
        }
        return new Hints(List.copyOf(hints));
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

    private static double nearness(List<Period> periods, long createdMicros) {
        long day = Math.floorDiv(createdMicros, MICROS_PER_DAY);
        double nearest = 0;
        for (Period period : periods) {
            nearest = Math.max(nearest, period.nearness(day));
        }
        return nearest;
    }

    /// Returns the sum of the weights.
    double weight() {
        return hints.stream().mapToDouble(Hint::weight).sum();
    }

    /// Returns the weighted sum of an entry's values.
    double sum(int ordinal) {
        double sum = 0;
        for (Hint hint : hints) {
            sum += hint.weight * hint.value.of(ordinal);
        }
        return sum;
    }

    /// Receives the value of a hint.
    @FunctionalInterface
    interface HintConsumer {
        void accept(Signal signal, double value, double weight);
    }

    /// Passes each hint of an entry to `consumer`.
    void each(int ordinal, HintConsumer consumer) {
        hints.forEach(hint -> consumer.accept(hint.signal, hint.value.of(ordinal), hint.weight));
    }
}
