package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.spi.SearchStore.Candidate;

/// Who stands beside whom among candidates: those that follow each other in their session without a gap.
final class CandidateNeighbours implements Neighbours {
    private final List<Candidate> candidates;
    private final Map<Place, Integer> places = new HashMap<>();
    private final List<Integer> sessions = new ArrayList<>();

    /// @param candidates by place
    CandidateNeighbours(List<Candidate> candidates) {
        this.candidates = candidates;
        Map<UUID, Integer> known = new HashMap<>();
        for (Candidate candidate : candidates) {
            places.put(place(candidate, 0), sessions.size());
            sessions.add(known.computeIfAbsent(candidate.session().sessionId(), _ -> known.size()));
        }
    }

    private record Place(MemoryLayer layer, UUID session, long sequence) {}

    private static Place place(Candidate candidate, int step) {
        return new Place(candidate.layer(), candidate.session().sessionId(), candidate.sequence() + step);
    }

    @Override
    public int previous(int place) {
        return beside(place, -1);
    }

    @Override
    public int next(int place) {
        return beside(place, 1);
    }

    /// Facts stand for themselves.
    private int beside(int place, int step) {
        Candidate candidate = candidates.get(place);
        return candidate.layer() == MemoryLayer.M2
                ? EntryTable.NONE
                : places.getOrDefault(place(candidate, step), EntryTable.NONE);
    }

    @Override
    public int session(int place) {
        return sessions.get(place);
    }

    @Override
    public boolean asks(int place) {
        return QuestionMark.endsWithQuestion(candidates.get(place).content());
    }
}
