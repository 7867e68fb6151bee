package dev.memfuse.engine.retrieval;

import java.util.Arrays;
import java.util.BitSet;

import dev.memfuse.config.section.FusionKind;
import dev.memfuse.engine.retrieval.ScaledSignal.Range;

/// What the scores of a [Fusion] have in common for all vectors of a question: it can be computed before the vector is
/// known. Immutable.
///
/// @param runs runs of ordinals in scope, ascending: the first of each run and the one after its last
/// @param lexical scaled BM25
/// @param byWords weighted part of the words in the score of each entry alone; 0 out of scope
/// @param hintBounds a number for each entry that its weighted [Hints] do not exceed; 0 out of scope
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
record FusionBase(int[] runs, ScaledSignal lexical, float[] byWords, float[] hintBounds) {

    /// @param lexical BM25 by ordinal; 0 where no term matches
    static FusionBase of(float[] lexical, BitSet scope, Hints hints, RankingRules rules) {
        int[] runs = runs(scope);
        ScaledSignal scaled = rules.fusion() == FusionKind.RRF
                ? ScaledSignal.reciprocal(lexical, scope.stream().toArray(), 0, rules.rrfK())
                : ScaledSignal.normalised(lexical, Range.of(runs, lexical, 0), 0);
        float[] byWords = new float[lexical.length];
        float[] hintBounds = new float[lexical.length];
        double weight = 1 - rules.denseWeight();
        for (int run = 0; run < runs.length; run += 2) {
            for (int i = runs[run]; i < runs[run + 1]; i++) {
                byWords[i] = (float) (weight * scaled.of(i));
            }
            for (int i = runs[run]; i < runs[run + 1]; i++) {
                hintBounds[i] = Math.nextUp((float) hints.bound(i));
            }
        }
        return new FusionBase(runs, scaled, byWords, hintBounds);
    }

    private static int[] runs(BitSet scope) {
        int[] runs = new int[16];
        int size = 0;
        for (int i = scope.nextSetBit(0); i >= 0; i = scope.nextSetBit(runs[size - 1])) {
            if (size == runs.length) {
                runs = Arrays.copyOf(runs, size * 2);
            }
            runs[size++] = i;
            runs[size++] = scope.nextClearBit(i);
        }
        return Arrays.copyOf(runs, size);
    }

    /// Returns the number of entries in scope.
    int size() {
        int size = 0;
        for (int run = 0; run < runs.length; run += 2) {
            size += runs[run + 1] - runs[run];
        }
        return size;
    }
}
