package dev.memfuse.engine.memory.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.words.WordForms;

/// Extracts the claim of a sentence about a property with one value at a time: residence, employer, name, age, likings
/// and similar ones. The patterns are strict: a missed claim leaves two facts current, a wrong claim would supersede a
/// true fact.
final class ClaimReader {
    private static final String SUBJECT = "(?<subject>\\bI|\\b[Mm]y (?:\\p{Ll}+ ){0,1}\\p{Ll}+|\\b\\p{Lu}\\p{Ll}+(?: "
            + "\\p{Lu}\\p{Ll}+)?)";
    private static final String ADVERBS = "(?: (?:really|absolutely|actually|also|always|just|recently|now|currently"
            + "|still|both|finally))*";
    private static final String NOT = "(?<not> (?:do not|don't|does not|doesn't|no longer|am not|is not|isn't|never"
            + "|don’t|doesn’t))?";
    private static final String VALUE = "(?<value>[^.,;:!?()]+?)(?=\\s+(?:now|since|because|and|but|with|last|next"
            + "|these days|any ?more|at the moment|when|while|after|before|so|too|very much|a lot|in \\d|for \\d"
            + "|in (?:january|february|march|april|may|june|july|august|september|october|november|december)"
            + "|yesterday|today|this|who|which|where|again|ago|though)\\b|[.,;:!?()]|$)";
    private static final String PROPERTY = "(?<property>favou?rite [\\p{L} ]{2,30}?|(?:\\p{L}+ ){0,2}(?:name|birthday"
            + "|age|number|address|job|occupation|profession|hometown|e-?mail|nationality|major|salary|size|height"
            + "|weight|budget|deadline|diet|blood type|time zone|password))";
    private static final List<Form> FORMS = List.of(
            form("residence", SUBJECT + "(?:'m|’m)?" + ADVERBS + NOT + ADVERBS
                    + "(?: am| is)?(?<not2> not)?" + ADVERBS + " (?:lives?|living|resides?|based) in " + VALUE),
            form("residence", SUBJECT + "(?:'ve|’ve| have| has|'m|’m)?" + ADVERBS
                    + " (?:moved|relocated)(?: back)?(?: from [\\p{L} ]+?)? to " + VALUE),
            form("employer", SUBJECT + "(?:'m|’m)?" + ADVERBS + NOT + "(?: am| is)?" + ADVERBS
                    + " (?:works?|working) (?:at|for) " + VALUE),
            form("employer", SUBJECT + "(?:'ve|’ve| have| has)?" + ADVERBS
                    + " (?:got|found|took|started) (?:a |an |my |his |her )?(?:new )?job (?:at|with) " + VALUE),
            form("occupation", SUBJECT + "(?:'m|’m)?" + ADVERBS + NOT + "(?: am| is)?" + ADVERBS
                    + " (?:works?|working) as (?:an? )?" + VALUE),
            form("age", SUBJECT + "(?:'m|’m| am| is)" + ADVERBS + " (?<value>\\d{1,3}) years? old"));
    private static final Pattern OWNED = Pattern.compile("(?:(?<mine>\\b[Mm]y)|(?<owner>\\b\\p{Lu}\\p{Ll}+)['’]s) "
            + PROPERTY + "(?: has)? (?:is|are|was|changed to|isn't|isn’t)(?<not> not| no longer)?(?: now)? " + VALUE);
    private static final Pattern LIKES = Pattern.compile(SUBJECT + ADVERBS + NOT + ADVERBS
            + " (?:likes?|loves?|enjoys?|adores?) " + VALUE);
    private static final Pattern HATES = Pattern.compile(SUBJECT + ADVERBS
            + "(?: do not| don't| does not| doesn't| don’t| doesn’t| no longer| never)?"
            + " (?:hates?|dislikes?|can't stand|cannot stand|stopped liking) " + VALUE);
    private static final Pattern COUNT = Pattern.compile(SUBJECT + ADVERBS
            + " (?:have|has|own|owns) (?<value>\\d+|no|one|two|three|four|five|six|seven|eight|nine|ten)"
            + " (?<thing>\\p{Ll}+)");

    private ClaimReader() {}

    private record Form(String attribute, Pattern words) {}

    private static Form form(String attribute, String words) {
        return new Form(attribute, Pattern.compile(words));
    }

    /// Returns the claim of a sentence.
    ///
    /// @param speaker subject for `I` and `my`
    static Optional<Claim> read(String sentence, String speaker) {
        for (Form form : FORMS) {
            Matcher found = form.words().matcher(sentence);
            if (found.find()) {
                return Optional.of(claim(found, speaker, form.attribute(), negated(found)));
            }
        }
        return owned(sentence, speaker).or(() -> counted(sentence, speaker)).or(() -> taste(sentence, speaker));
    }

    private static Optional<Claim> owned(String sentence, String speaker) {
        Matcher found = OWNED.matcher(sentence);
        if (!found.find()) {
            return Optional.empty();
        }
        String owner = found.group("mine") != null ? speaker : WordForms.caseFolded(found.group("owner"));
        return Optional.of(new Claim(owner, normalized(found.group("property")), normalized(found.group("value")),
                found.group("not") != null || found.group().contains(" isn")));
    }

    private static Optional<Claim> counted(String sentence, String speaker) {
        Matcher found = COUNT.matcher(sentence);
        return found.find()
                ? Optional.of(
                        claim(found, speaker, "number of " + normalized(found.group("thing")).replaceAll("s$", ""),
                                false))
                : Optional.empty();
    }

    private static Optional<Claim> taste(String sentence, String speaker) {
        Matcher likes = LIKES.matcher(sentence);
        if (likes.find()) {
            return Optional.of(taste(likes, speaker, negated(likes)));
        }
        Matcher hates = HATES.matcher(sentence);
        return hates.find() ? Optional.of(taste(hates, speaker, true)) : Optional.empty();
    }

    private static Claim taste(Matcher found, String speaker, boolean negated) {
        return new Claim(subject(found, speaker), "liking of " + normalized(found.group("value")), "yes", negated);
    }

    private static Claim claim(Matcher found, String speaker, String attribute, boolean negated) {
        return new Claim(subject(found, speaker), attribute, normalized(found.group("value")), negated);
    }

    private static boolean negated(Matcher found) {
        return found.namedGroups().keySet().stream().filter(group -> group.startsWith("not"))
                .anyMatch(group -> found.group(group) != null);
    }

    private static String subject(Matcher found, String speaker) {
        String subject = found.group("subject");
        return subject.equals("I") ? speaker : WordForms.caseFolded(subject).replaceFirst("^my ", speaker + "'s ");
    }

    /// Returns the text in lower case, without an article, in American spelling.
    private static String normalized(String text) {
        return WordForms.caseFolded(text.strip()).replaceFirst("^(?:the|an?) ", "").replace("favourite", "favorite")
                .replaceAll("\\s+", " ");
    }
}
