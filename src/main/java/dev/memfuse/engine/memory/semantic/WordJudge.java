package dev.memfuse.engine.memory.semantic;

import java.util.Set;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.memory.text.ChangeWords;
import dev.memfuse.engine.words.WordForms;
import org.jspecify.annotations.Nullable;

/// Decides by the claims and words of two facts. They contradict each other when they claim other values, or have the
/// same words with a negation or another number. Remembers the words of the last newer fact, which is compared with
/// many; for one thread.
final class WordJudge implements ConflictJudge {
    private static final Set<String> SPEAKERS = Set.of("user", "assistant");

    private @Nullable Fact last;
    private boolean lastSpeaksOfAChange;

    @Override
    public Verdict judge(Fact fresh, Fact known) {
        if (fresh.claim().isEmpty() || known.claim().isEmpty()) {
            return Evidence.excludes(fresh, known) ? Verdict.REPLACED : Verdict.COMPATIBLE;
        }
        if (!fresh.claim().orElseThrow().contradicts(known.claim().orElseThrow())) {
            return Verdict.COMPATIBLE;
        }
        boolean knownIsNewer = known.time().observedAt().isAfter(fresh.time().observedAt());
        Fact newer = knownIsNewer ? known : fresh;
        if (replaces(newer)) {
            return Verdict.REPLACED;
        }
        return wasOver(knownIsNewer ? fresh : known, newer) ? Verdict.COMPATIBLE : Verdict.DOUBTFUL;
    }

    /// Returns whether a statement that contradicts an older one replaces it. It does when its words speak of a change,
    /// or when its speaker speaks about himself: but of occupations and appointments one can have several, and two
    /// people can have one name.
    private boolean replaces(Fact newer) {
        Claim claim = newer.claim().orElseThrow();
        boolean several = newer.type().equals("temporal") || claim.attribute().equals("occupation");
        return (!several && isAboutItsSpeaker(newer, claim)) || speaksOfAChange(newer);
    }

    private boolean speaksOfAChange(Fact fact) {
        if (last == null || !last.id().equals(fact.id())) {
            last = fact;
            lastSpeaksOfAChange = ChangeWords.areIn(fact.content());
        }
        return lastSpeaksOfAChange;
    }

    private static boolean isAboutItsSpeaker(Fact fact, Claim claim) {
        return SPEAKERS.contains(claim.subject()) || (!claim.subject().contains("'s ")
                && !WordForms.caseFolded(fact.content()).contains(claim.subject()));
    }

    /// Returns whether an appointment or event had passed when another one was mentioned: both may have taken place.
    private static boolean wasOver(Fact older, Fact newer) {
        return Evidence.isDated(older)
                && older.time().happenedAt().filter(time -> time.isBefore(newer.time().observedAt())).isPresent();
    }
}
