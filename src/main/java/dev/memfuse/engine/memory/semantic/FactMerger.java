package dev.memfuse.engine.memory.semantic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.memory.semantic.ConflictJudge.Verdict;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.FactChanges.Conflict;
import dev.memfuse.engine.spi.FactChanges.Merge;
import dev.memfuse.engine.spi.FactChanges.Supersession;

/// Merges new facts into the known ones: a new fact is a repetition, contradicts known facts, or is added. Used for one
/// round; not thread-safe.
///
/// A repetition makes the same claim; without a claim, it has the same words, or nearly the same vector (cosine 0.95)
/// without a difference in the words.
/// Candidates for a contradiction are similar facts, and facts about the same property of the same thing. Of two
/// contradicting facts the one observed later is current. When nothing says that it replaces the other one, both are
/// current and marked.
final class FactMerger {
    private static final double REPETITION_SIMILARITY = 0.95;
    private static final double MAX_CONFIDENCE = 0.99;
    /// Maximum number of known facts with which a new one is marked, the latest ones.
    static final int MAX_CONFLICTS = 20;

    private final double similarity;
    private final ConflictJudge judge;
    private final FactIndex current;
    private final Map<UUID, Fact> added = new LinkedHashMap<>();
    private final Map<UUID, Merge> merged = new LinkedHashMap<>();
    private final List<Supersession> superseded = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    /// @param current current facts of the user; the merge changes them
    /// @param similarity minimum cosine of candidates for a contradiction
    FactMerger(FactIndex current, double similarity, ConflictJudge judge) {
        this.current = current;
        this.similarity = similarity;
        this.judge = judge;
    }

    /// Returns the current facts that new facts may contradict, by new fact; none for a repetition.
    static Map<Fact, List<Fact>> candidates(FactIndex current, List<Fact> fresh, double similarity) {
        Map<Fact, List<Fact>> found = new LinkedHashMap<>();
        for (Fact one : fresh) {
            found.put(one, repeated(current, one).isPresent()
                    ? List.of()
                    : current.samePropertyOrNear(one, similarity));
        }
        return found;
    }

    /// Returns the changes by new facts.
    ///
    /// @param revision revision of the current facts
    FactChanges merge(long revision, List<Fact> fresh) {
        fresh.forEach(this::merge);
        return new FactChanges(revision, List.copyOf(added.values()), List.copyOf(merged.values()), superseded,
                conflicts);
    }

    private static Optional<Fact> repeated(FactIndex current, Fact fresh) {
        Optional<Fact> claimed = current.sameProperty(fresh).stream().filter(known -> Evidence.sameClaim(fresh, known))
                .findFirst();
        return claimed.isPresent()
                ? claimed
                : current.sameWordsOrNear(fresh, REPETITION_SIMILARITY).stream()
                        .filter(known -> repeats(fresh, known)).findFirst();
    }

    private void merge(Fact fresh) {
        Optional<Fact> same = repeated(current, fresh);
        if (same.isPresent()) {
            mergeInto(same.get(), fresh);
            return;
        }
        Map<Verdict, List<Fact>> verdicts = current.samePropertyOrNear(fresh, similarity).stream()
                .collect(Collectors.groupingBy(known -> verdict(fresh, known)));
        List<Fact> contradicted = verdicts.getOrDefault(Verdict.REPLACED, List.of());
        Optional<Fact> newer = contradicted.stream().filter(known -> isLater(known, fresh)).findFirst();
        if (newer.isPresent()) {
            added.put(fresh.id(), fresh.at(fresh.time().supersededBy(newer.get().id(), end(fresh, newer.get()))));
            return;
        }
        contradicted.forEach(known -> supersede(known, fresh));
        current.put(fresh);
        added.put(fresh.id(), fresh);
        mark(fresh, verdicts.getOrDefault(Verdict.DOUBTFUL, List.of()));
    }

    /// Nothing replaces what was entered by hand.
    private Verdict verdict(Fact fresh, Fact known) {
        Verdict verdict = judge.judge(fresh, known);
        return verdict == Verdict.REPLACED && known.isByHand() ? Verdict.DOUBTFUL : verdict;
    }

    private void mark(Fact fresh, List<Fact> doubtful) {
        doubtful.subList(Math.max(0, doubtful.size() - MAX_CONFLICTS), doubtful.size())
                .forEach(known -> conflicts.add(new Conflict(fresh.id(), known.id())));
    }

    private static boolean repeats(Fact fresh, Fact known) {
        boolean near = Evidence.sameWords(fresh, known) || cosine(fresh, known) >= REPETITION_SIMILARITY;
        return near && !Evidence.differs(fresh, known);
    }

    private static boolean isLater(Fact one, Fact other) {
        return one.time().observedAt().isAfter(other.time().observedAt());
    }

    /// Returns the end of a fact that another one replaces: when that one begins, but not before the fact was said.
    private static Instant end(Fact older, Fact newer) {
        return later(newer.time().validFrom(), later(older.time().validFrom(), older.time().observedAt()));
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
                known.type(), confidence, known.entities(), known.claim(), known.time(), known.conflictsWith(),
                known.vector(), known.model());
        current.put(both);
        if (added.containsKey(known.id())) {
            added.put(known.id(), both);
        } else if (newSource) {
            merged.put(known.id(), new Merge(known.id(), both.messageIds(), confidence));
        }
    }

    private void supersede(Fact known, Fact by) {
        Instant from = end(known, by);
        current.remove(known);
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
