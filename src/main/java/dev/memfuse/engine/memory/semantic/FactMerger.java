package dev.memfuse.engine.memory.semantic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.FactChanges.Merge;
import dev.memfuse.engine.spi.FactChanges.Supersession;
import dev.memfuse.engine.spi.LayerStore.KnownFacts;

/// Merges new facts into the known ones: a new fact is a repetition, contradicts known facts, or is added. Used for one
/// round; not thread-safe.
///
/// A repetition has the same words, or nearly the same vector (cosine 0.95) without a difference in the words.
/// Candidates for a contradiction are similar facts, and facts about the same property of the same thing. Of two
/// contradicting facts the one observed later is current.
final class FactMerger {
    private static final double REPETITION_SIMILARITY = 0.95;
    private static final double MAX_CONFIDENCE = 0.99;

    private final long revision;
    private final double similarity;
    private final ConflictJudge judge;
    private final Map<UUID, Fact> current = new LinkedHashMap<>();
    private final Map<UUID, Fact> added = new LinkedHashMap<>();
    private final Map<UUID, Merge> merged = new LinkedHashMap<>();
    private final List<Supersession> superseded = new ArrayList<>();

    /// @param similarity minimum cosine of candidates for a contradiction
    FactMerger(KnownFacts known, double similarity, ConflictJudge judge) {
        this.revision = known.revision();
        this.similarity = similarity;
        this.judge = judge;
        known.facts().forEach(fact -> current.put(fact.id(), fact));
    }

    /// Returns the changes by new facts.
    FactChanges merge(List<Fact> fresh) {
        fresh.forEach(this::merge);
        return new FactChanges(revision, List.copyOf(added.values()), List.copyOf(merged.values()), superseded);
    }

    /// Returns the current facts after the changes.
    List<Fact> current() {
        return List.copyOf(current.values());
    }

    private void merge(Fact fresh) {
        Optional<Fact> same = current.values().stream().filter(known -> repeats(fresh, known)).findFirst();
        if (same.isPresent()) {
            mergeInto(same.get(), fresh);
            return;
        }
        List<Fact> candidates = current.values().stream().filter(known -> comparable(fresh, known)).toList();
        List<Fact> contradicted = candidates.isEmpty() ? List.of() : judge.contradicted(fresh, candidates);
        Optional<Fact> newer = contradicted.stream().filter(known -> isLater(known, fresh)).findFirst();
        if (newer.isPresent()) {
            Instant from = later(newer.get().time().validFrom(), fresh.time().validFrom());
            added.put(fresh.id(), fresh.at(fresh.time().supersededBy(newer.get().id(), from)));
            return;
        }
        contradicted.forEach(known -> supersede(known, fresh));
        current.put(fresh.id(), fresh);
        added.put(fresh.id(), fresh);
    }

    private static boolean repeats(Fact fresh, Fact known) {
        boolean near = Evidence.sameWords(fresh, known) || cosine(fresh, known) >= REPETITION_SIMILARITY;
        return near && !Evidence.differs(fresh, known);
    }

    private boolean comparable(Fact fresh, Fact known) {
        return cosine(fresh, known) >= similarity || sameProperty(fresh, known);
    }

    private static boolean sameProperty(Fact fresh, Fact known) {
        return fresh.claim().isPresent() && known.claim().isPresent()
                && fresh.claim().orElseThrow().isAbout(known.claim().orElseThrow());
    }

    private static boolean isLater(Fact one, Fact other) {
        return one.time().observedAt().isAfter(other.time().observedAt());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void mergeInto(Fact known, Fact fresh) {
        List<UUID> ids = new ArrayList<>(known.messageIds());
        fresh.messageIds().stream().filter(id -> !ids.contains(id)).forEach(ids::add);
        boolean newSource = ids.size() > known.messageIds().size();
        // Two independent sources: the fact is wrong only when both are.
        double confidence = newSource
                ? Math.max(known.confidence(),
                        Math.min(MAX_CONFIDENCE, 1 - (1 - known.confidence()) * (1 - fresh.confidence())))
                : known.confidence();
        Fact both = new Fact(known.id(), known.session(), known.roundId(), List.copyOf(ids), known.content(),
                known.type(), confidence, known.entities(), known.claim(), known.time(), known.vector(), known.model());
        current.put(known.id(), both);
        if (added.containsKey(known.id())) {
            added.put(known.id(), both);
        } else if (newSource) {
            merged.put(known.id(), new Merge(known.id(), both.messageIds(), confidence));
        }
    }

    private void supersede(Fact known, Fact by) {
        Instant from = later(by.time().validFrom(), known.time().validFrom());
        current.remove(known.id());
        if (added.containsKey(known.id())) {
            FactTime time = known.time().supersededBy(by.id(), from);
            added.put(known.id(), known.at(time));
        } else {
            superseded.add(new Supersession(known.id(), by.id(), from));
        }
    }

    /// Returns the cosine of normalised vectors; 0 for vectors of different models.
    static double cosine(Fact one, Fact other) {
        if (!one.model().equals(other.model())) {
            return 0;
        }
        float[] first = one.vector();
        float[] second = other.vector();
        float sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += first[i] * second[i];
        }
        return sum;
    }
}
