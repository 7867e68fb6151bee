package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.spi.SearchStore.Candidate;

/// Adjacent candidates within a session: those whose sequence numbers follow each other without a gap.
final class CandidateNeighbours implements Neighbours {
    private final List<Candidate> candidates;
    private final Map<Position, Integer> ordinals = new HashMap<>();
    private final List<Integer> sessions = new ArrayList<>();

    /// @param candidates by ordinal
    CandidateNeighbours(List<Candidate> candidates) {
        this.candidates = candidates;
        Map<UUID, Integer> numbers = new HashMap<>();
        for (Candidate candidate : candidates) {
            ordinals.put(position(candidate, 0), sessions.size());
            sessions.add(numbers.computeIfAbsent(candidate.session().sessionId(), _ -> numbers.size()));
        }
    }

    private record Position(MemoryLayer layer, UUID session, long sequence) {}

    private static Position position(Candidate candidate, int step) {
        return new Position(candidate.layer(), candidate.session().sessionId(), candidate.sequence() + step);
    }

    @Override
    public int previous(int ordinal) {
        return adjacent(ordinal, -1);
    }

    @Override
    public int next(int ordinal) {
        return adjacent(ordinal, 1);
    }

    /// Facts have no neighbours.
    private int adjacent(int ordinal, int step) {
        Candidate candidate = candidates.get(ordinal);
        return candidate.layer() == MemoryLayer.M2
                ? EntryTable.NONE
                : ordinals.getOrDefault(position(candidate, step), EntryTable.NONE);
    }

    @Override
    public int session(int ordinal) {
        return sessions.get(ordinal);
    }

    @Override
    public boolean isQuestion(int ordinal) {
        return QuestionMark.endsWithQuestion(candidates.get(ordinal).content());
    }
}
