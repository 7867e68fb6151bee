package dev.memfuse.engine.memory.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the sentences of which an episode is made: without secrets, and without small talk when anything else was
/// said. Thread-safe.
public final class TellingSentences {
    private final EnglishText english;

    public TellingSentences(EnglishText english) {
        this.english = english;
    }

    /// Sentences of a round.
    ///
    /// @param all sentences without secrets
    /// @param telling those that are no small talk and no question; may be empty
    public record Selection(List<String> all, List<Sentence> telling) {}

    /// Returns the sentences of messages. The name of a speaker stands before the first sentence that tells something.
    /// Only sentences that may tell something are tagged, which takes longer than all else.
    ///
    /// @param limit maximum number of sentences
    public Selection of(List<String> messages, int limit) {
        List<String> all = new ArrayList<>();
        List<Sentence> telling = new ArrayList<>();
        AnnouncedSecrets announced = new AnnouncedSecrets();
        for (String message : messages) {
            if (all.size() == limit) {
                break;
            }
            Optional<SpeakerPrefix> prefix = SpeakerPrefix.of(message);
            String name = prefix.map(found -> found.name() + ": ").orElse("");
            List<String> candidates = new ArrayList<>();
            for (String sentence : english.split(prefix.map(found -> message.substring(found.length()))
                    .orElse(message))) {
                if (all.size() < limit && !announced.isAnswer(sentence) && !Secrets.isIn(sentence)) {
                    all.add(sentence);
                    if (!sentence.endsWith("?") && !SmallTalk.isIn(sentence)) {
                        candidates.add(sentence);
                    }
                }
            }
            for (Sentence sentence : english.tag(candidates)) {
                if (!SmallTalk.isTooShort(sentence)) {
                    telling.add(new Sentence(name + sentence.text(), sentence.words()));
                    name = "";
                }
            }
        }
        return new Selection(all, telling);
    }

    /// Returns the most central of sentences of which none tells something.
    ///
    /// @param limit maximum number of sentences
    public List<Sentence> central(List<String> sentences, int limit) {
        return TextRank.central(english.tag(sentences), limit);
    }
}
