package dev.memfuse.engine.memory.text;

import java.util.Set;
import java.util.regex.Pattern;

import dev.memfuse.engine.Claim;

/// Decides whether the words of an event say something to somebody who was not there: "adopted a puppy" does, "did it
/// for you" does not.
final class EventWords {
    private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{N}'’-]+");
    private static final Pattern TO_THE_LISTENER = Pattern.compile("\\b(?:you|your|yours|yourself)\\b");
    private static final Pattern SELF_CONTAINED = Pattern.compile(
            "^event (?:died|passed away|retired|broke up|split up|moved out|got (?:laid off|fired|promoted|hired"
                    + "|engaged|evicted)|was (?:promoted|fired|laid off|hired|robbed|evicted)|eloped|emigrated)\\b.*");
    private static final Set<String> VAGUE = Set.of("a", "an", "the", "it", "that", "this", "them", "him", "her", "me",
            "us", "my", "our", "his", "their", "its", "there", "here", "something", "nothing", "anything",
            "everything", "thing", "things", "stuff", "lot", "lots", "time", "times", "fun", "blast", "day", "days",
            "one", "ones", "some", "all", "much", "good", "great", "nice", "well", "really", "out", "up", "down",
            "away", "back", "home", "again", "to", "in", "on", "at", "for", "of", "with", "and", "off", "over",
            "from", "by", "as", "so", "too", "very", "first", "new", "early", "late", "fast", "better", "together",
            "point", "idea", "way", "feeling", "sense", "chance", "bit", "while", "few", "couple", "both", "amazing",
            "awesome", "wonderful", "lovely", "special", "place", "people", "someone", "everyone", "who", "what",
            "how", "not", "just", "into", "through", "after", "before", "around", "love", "happiness", "joy",
            "support", "message", "photo", "pic", "pictures", "picture", "photos");

    private EventWords() {}

    /// Returns whether the claim of an event is concrete.
    static boolean areConcrete(Claim claim) {
        String event = claim.attribute();
        if (TO_THE_LISTENER.matcher(event).find()) {
            return false;
        }
        if (SELF_CONTAINED.matcher(event).matches()) {
            return true;
        }
        String[] words = WORD.split(event);
        for (int i = 2; i < words.length; i++) {
            if (words[i].length() > 2 && !VAGUE.contains(words[i])) {
                return true;
            }
        }
        return false;
    }
}
