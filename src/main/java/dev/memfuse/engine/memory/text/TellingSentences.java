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
    public record Selection(List<Sentence> all, List<Sentence> telling) {}

    /// Returns the sentences of messages. The name of a speaker stands before the first sentence that tells something.
    ///
    /// @param limit maximum number of sentences
    public Selection of(List<String> messages, int limit) {
        List<Sentence> all = new ArrayList<>();
        List<Sentence> telling = new ArrayList<>();
        AnnouncedSecrets announced = new AnnouncedSecrets();
        for (String message : messages) {
            Optional<SpeakerPrefix> prefix = SpeakerPrefix.of(message);
            List<Sentence> sentences = english.read(prefix.map(name -> message.substring(name.length()))
                    .orElse(message));
            String name = prefix.map(found -> found.name() + ": ").orElse("");
            for (Sentence sentence : sentences) {
                if (announced.isAnswer(sentence.text()) || Secrets.isIn(sentence.text())) {
                    continue;
                }
                if (all.size() == limit) {
                    return new Selection(all, telling);
                }
                all.add(sentence);
                if (tells(sentence)) {
                    telling.add(new Sentence(name + sentence.text(), sentence.words()));
                    name = "";
                }
            }
        }
        return new Selection(all, telling);
    }

    private static boolean tells(Sentence sentence) {
        return !sentence.question() && !SmallTalk.isTooShort(sentence) && !SmallTalk.isIn(sentence.text());
    }
}
