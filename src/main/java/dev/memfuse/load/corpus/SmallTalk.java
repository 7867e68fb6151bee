package dev.memfuse.load.corpus;

import java.util.List;
import java.util.Random;

import dev.memfuse.load.corpus.GeneratedCorpus.Exchange;

/// Generates exchanges without facts, as they surround the facts in a real conversation, from one short sentence to a
/// small paragraph.
final class SmallTalk {
    private static final List<String> GREETINGS = List.of("Hello again, do you have a minute?",
            "Good morning! It has been a busy week on my side.", "Hi, I am back from my walk and a little wet.",
            "Good evening, I wanted to sort out a few things before tomorrow.");
    private static final List<String> WELCOMES = List.of("Of course. What is on your mind?",
            "Good to hear from you. Where shall we start?", "Welcome back. Take your time.");
    private static final List<String> SUBJECTS = List.of("the weather", "the traffic", "my neighbour's garden",
            "the heating", "a film I half watched", "the shopping list", "my inbox",
            "the long queue at the post office",
            "the broken lift", "a letter from the city", "the birthday party", "the new timetable");
    private static final List<String> VERBS = List.of("keeps me busy", "worries me a bit", "made me laugh today",
            "took most of the afternoon", "is not what I expected", "turned out better than I feared");
    private static final List<String> DETAILS = List.of(
            "I had planned to be done by noon, but one thing led to another.",
            "Nobody could tell me who is responsible, so I wrote everything down and will call again.",
            "In the end I made a pot of tea, sat down for ten minutes and started over, which helped.",
            "Perhaps I think about it too much.", "Could you remind me of it next week, in case I forget?",
            "I would like to keep it short this time and not turn it into a project of its own.");
    private static final List<String> REPLIES = List.of("That sounds like a lot at once. Which part bothers you most?",
            "I see. Shall we break it into smaller steps?", "Understood.",
            "That is a reasonable way to handle it. If it comes back, we can look for another way together.",
            "I can set that out as a short list, with the urgent points first and the rest for the weekend.",
            "It is good that you wrote it down. Then nothing gets lost until the next time we talk about it.");

    private SmallTalk() {}

    /// Returns a random exchange.
    ///
    /// @param greeting whether it opens a session
    static Exchange exchange(Random random, boolean greeting) {
        if (greeting) {
            return new Exchange(pick(GREETINGS, random), pick(WELCOMES, random));
        }
        StringBuilder message = new StringBuilder(pick(SUBJECTS, random)).append(' ').append(pick(VERBS, random))
                .append('.');
        message.setCharAt(0, Character.toUpperCase(message.charAt(0)));
        for (int details = random.nextInt(3); details > 0; details--) {
            message.append(' ').append(pick(DETAILS, random));
        }
        return new Exchange(message.toString(), pick(REPLIES, random));
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
