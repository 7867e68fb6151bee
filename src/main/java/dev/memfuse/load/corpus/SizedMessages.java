package dev.memfuse.load.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Gives the messages of generated conversations other lengths: small talk is added, and cut at the drawn length.
/// What a message says itself is kept whole, since questions ask for its facts.
public final class SizedMessages {
    private final Random random;
    private final int min;
    private final int max;

    private SizedMessages(Random random, int min, int max) {
        this.random = random;
        this.min = min;
        this.max = max;
    }

    /// Returns a corpus with messages of lengths drawn evenly between two bounds. The same seed gives the same texts.
    ///
    /// @param min shortest length in characters, at least 1
    /// @param max longest length in characters; a text that is longer already stays as it is
    public static Corpus of(Corpus corpus, long seed, int min, int max) {
        List<Conversation> conversations = new ArrayList<>();
        for (int i = 0; i < corpus.conversations().size(); i++) {
            SizedMessages sizes = new SizedMessages(new Random(~seed * 31 + i), min, max);
            Conversation of = corpus.conversations().get(i);
            conversations.add(new Conversation(of.id(), of.sessions().stream()
                    .map(session -> new CorpusSession(session.name(), session.turns().stream().map(sizes::sized)
                            .toList()))
                    .toList(), of.questions()));
        }
        return new Corpus(corpus.name() + ", messages of " + min + " to " + max + " characters", conversations);
    }

    private CorpusSession.Turn sized(CorpusSession.Turn turn) {
        int length = random.nextInt(min, max + 1);
        StringBuilder text = new StringBuilder(turn.text());
        while (text.length() < length) {
            text.append(' ').append(SmallTalk.exchange(random, false).user());
        }
        int end = Math.max(length, turn.text().length());
        return new CorpusSession.Turn(turn.role(), text.substring(0, Math.min(end, text.length())).strip(), turn.at());
    }
}
