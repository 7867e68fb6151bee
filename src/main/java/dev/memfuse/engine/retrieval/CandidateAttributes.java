package dev.memfuse.engine.retrieval;

import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

import dev.memfuse.engine.spi.SearchStore.Candidate;

/// Attributes of candidates that the database returned.
///
/// @param candidates by ordinal
record CandidateAttributes(List<Candidate> candidates, List<TextTraits> traits) implements Attributes {

    CandidateAttributes(List<Candidate> candidates) {
        this(candidates, candidates.stream().map(candidate -> TextTraits.of(candidate.content())).toList());
    }

    @Override
    public int length(int ordinal) {
        return candidates.get(ordinal).details().terms();
    }

    @Override
    public boolean isQuestion(int ordinal) {
        return traits.get(ordinal).question();
    }

    @Override
    public boolean statesTime(int ordinal) {
        return traits.get(ordinal).time();
    }

    @Override
    public long createdMicros(int ordinal) {
        return IndexEntry.micros(candidates.get(ordinal).details().createdAt());
    }

    @Override
    public BitSet spokenBy(Predicate<String> label) {
        BitSet spoken = new BitSet();
        for (int i = 0; i < traits.size(); i++) {
            spoken.set(i, traits.get(i).speaker().filter(label).isPresent());
        }
        return spoken;
    }
}
