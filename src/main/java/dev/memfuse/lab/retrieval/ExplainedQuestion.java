package dev.memfuse.lab.retrieval;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.lab.retrieval.IngestPhase.Stored;
import dev.memfuse.load.corpus.Question;

/// A question with the points that each signal gives to each of its hits. A score is the sum of the points, so other
/// weights rank the same hits without another query.
///
/// @param conversation name of the conversation
/// @param points by signal, then by hit; a signal that gives no points is missing
/// @param hits number of hits
/// @param evidence by position of the turn in the conversation: its hit, or empty when it is none
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
record ExplainedQuestion(String conversation, Question question, Map<Signal, float[]> points, int hits,
        NavigableMap<Integer, Optional<Integer>> evidence) {

    /// Returns an explained question.
    ///
    /// @param hits with their shares, best first
    static ExplainedQuestion of(Stored stored, Question question, List<Hit> hits) {
        Map<Signal, float[]> points = new EnumMap<>(Signal.class);
        for (int i = 0; i < hits.size(); i++) {
            for (Share share : hits.get(i).shares()) {
                if (share.points() != 0) {
                    points.computeIfAbsent(share.signal(), _ -> new float[hits.size()])[i] = (float) share.points();
                }
            }
        }
        List<UUID> ids = hits.stream().map(hit -> hit.message().id()).toList();
        NavigableMap<Integer, Optional<Integer>> evidence = new TreeMap<>();
        question.evidence().forEach(position -> evidence.put(position,
                Optional.of(ids.indexOf(stored.evidence().get(position))).filter(hit -> hit >= 0)));
        return new ExplainedQuestion(stored.haystack().id(), question, points, hits.size(), evidence);
    }

    /// Returns the sums of some signals' points by hit.
    ///
    /// @param factors factor of each signal; a signal without a factor is left out
    float[] sums(Map<Signal, Double> factors) {
        float[] sums = new float[hits];
        factors.forEach((signal, factor) -> add(signal, factor, sums));
        return sums;
    }

    /// Adds the points of a signal to sums.
    void add(Signal signal, double factor, float[] sums) {
        float[] of = points.get(signal);
        for (int i = 0; of != null && i < sums.length; i++) {
            sums[i] += (float) factor * of[i];
        }
    }

    /// Returns the ranks of the evidence when the hits are ordered by sums.
    RankedAnswer answer(float[] sums) {
        List<Integer> ranks = evidence.values().stream().flatMap(Optional::stream).map(hit -> rank(hit, sums)).sorted()
                .toList();
        return new RankedAnswer(question.category(), ranks, evidence.size());
    }

    /// Returns the rank of a hit, from 1. Equal hits keep their order.
    static int rank(int hit, float[] sums) {
        int rank = 1;
        for (int i = 0; i < sums.length; i++) {
            rank += sums[i] > sums[hit] || (sums[i] == sums[hit] && i < hit) ? 1 : 0;
        }
        return rank;
    }

    /// Returns the ranks of the evidence as the engine ranked it: hits are best first.
    RankedAnswer answer() {
        return answer(IntStream.range(0, hits).collect(() -> new float[hits], (sums, i) -> sums[i] = -i,
                (_, _) -> {}));
    }

    /// Returns the signals that give points in any of some questions.
    static List<Signal> signals(Collection<ExplainedQuestion> questions) {
        return Arrays.stream(Signal.values())
                .filter(signal -> questions.stream().anyMatch(question -> question.points.containsKey(signal)))
                .toList();
    }
}
