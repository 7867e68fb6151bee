package dev.memfuse.engine.memory.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.memfuse.engine.Claim;

/// Decides whether the words of an event say something to somebody who was not there: "adopted a puppy" does, "did it
/// for you" does not.
final class EventWords {
    private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{N}'’-]+");
    private static final Pattern TO_THE_LISTENER = Pattern.compile("\\b(?:you|your|yours|yourself)\\b");
    private static final List<Pattern> VAGUE_CLAIMS = ResourceLines.of("vague.patterns").stream()
            .map(Pattern::compile).toList();
    private static final String YES = "yes";
    /// "My favorite one is the second": one of what stands in another sentence.
    private static final Pattern POINTING_ATTRIBUTE = Pattern.compile("^favorite (?:ones?|thing|part|bit)(?: to .*)?$");
    private static final Pattern SELF_CONTAINED = Pattern.compile(
            "^event (?:died|passed away|retired|broke up|split up|moved out|got (?:laid off|fired|promoted|hired"
                    + "|engaged|evicted)|was (?:promoted|fired|laid off|hired|robbed|evicted)|eloped|emigrated"
                    + "|broke down|sold out|came out|opened|closed"
                    + "|(?:was|got|has been|just got) (?:stolen|accepted|rejected|approved|published|sold"
                    + "|damaged|destroyed|flooded|repaired))\\b.*");
    /// Words that name nothing in particular.
    private static final Set<String> VAGUE = new HashSet<>(ResourceLines.of("vague.words"));

    private EventWords() {}

    /// Returns whether a claim names what it is about. Claims with a value of their own do.
    static boolean areConcrete(Claim claim) {
        String event = claim.attribute();
        if (!claim.value().equals(YES) || event.startsWith("number of ")) {
            return !POINTING_ATTRIBUTE.matcher(event).matches();
        }
        if (VAGUE_CLAIMS.stream().anyMatch(vague -> vague.matcher(event).find())) {
            return false;
        }
        if (!event.startsWith("event ")) {
            return true;
        }
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
