package dev.memfuse.lab.layers;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

import dev.memfuse.engine.Episode;

/// Counts properties of episodes. Not thread-safe.
final class EpisodeTally {
    private static final Pattern GREETING = Pattern.compile("(?iu)\\b(?:hi|hiya|hey|hello|howdy|greetings"
            + "|good (?:morning|afternoon|evening|night)|goodbye|bye|see you|see ya|take care|welcome|congrats"
            + "|congratulations|thanks|thank you|thx|cheers|nice to meet you|how are you|how have you been"
            + "|hallo|guten (?:morgen|tag|abend)|danke|tsch\u00fcss|bis bald|bonjour|merci|salut|\u00e0 bient\u00f4t"
            + "|hola|gracias|buenos d\u00edas|adi\u00f3s)\\b"
            + "|\u3042\u308a\u304c\u3068\u3046|\u3053\u3093\u306b\u3061\u306f|\u8c22\u8c22|\u4f60\u597d|\u5143\u6c17");

    private long episodes;
    private long greetings;
    private long withContent;
    private double coverage;

    /// Adds an episode.
    ///
    /// @param round the texts of its messages
    void add(Episode episode, String round) {
        episodes++;
        greetings += GREETING.matcher(episode.title()).find() ? 1 : 0;
        Set<String> words = PlainWords.content(round);
        if (!words.isEmpty()) {
            withContent++;
            Set<String> kept = new HashSet<>(PlainWords.content(episode.summary()));
            kept.retainAll(words);
            coverage += (double) kept.size() / words.size();
        }
    }

    EpisodeScores scores() {
        return new EpisodeScores(episodes, Share.of(greetings, episodes),
                withContent == 0 ? 0 : coverage / withContent);
    }
}
