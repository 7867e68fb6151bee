package dev.memfuse.engine.memory.text;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.words.WordForms;

/// One rule of a [Rules] file: the words of a clause and the claim that they make.
///
/// @param type type of the statement, or [#EVENT]
/// @param attribute name of the attribute, with groups of the pattern in braces
/// @param value value, with groups in braces; `yes` when the value is part of the attribute
/// @param denied whether the words deny the attribute
/// @param anyCase the same words for texts without capitals
record Rule(String type, String attribute, String value, boolean denied, Pattern words, Pattern anyCase) {
    /// Type of rules about something that happened once.
    static final String EVENT = "event";

    private static final String VALUE_GROUP = "value";
    private static final String YES = "yes";
    private static final Pattern GROUP = Pattern.compile("\\{([a-z]+)\\}");
    private static final Pattern END = Pattern.compile("[\\s.,;:!?…。！]+$");
    private static final Pattern ARTICLE = Pattern.compile("^(?:the|an?) ");
    private static final Pattern LISTED = Pattern.compile("(?:liking of|allergy to|hobby|language|pet|study of"
            + "|possession|eating|drinking|\\{thing\\}ing) \\{value\\}");
    private static final Pattern NOUN = Pattern.compile("number of (.+)");
    private static final Map<String, String> SPELLINGS = Map.of("favourite", "favorite", "colour", "color");

    /// A clause that the rule has read.
    ///
    /// @param named whether the subject is the name of a third person
    /// @param value place of the value in the clause; empty when the rule has none
    record Reading(Rule rule, Claim claim, boolean named, Optional<MatchResult> value) {}

    /// Parses `TYPE ATTRIBUTE[ = VALUE]`.
    static Rule parse(String head, Pattern words) {
        int space = head.indexOf(' ');
        String[] parts = head.substring(space + 1).split(" = ", 2);
        boolean denied = parts[0].startsWith("not ");
        String attribute = denied ? parts[0].substring("not ".length()) : parts[0];
        String value = parts.length > 1
                ? parts[1]
                : attribute.contains("{value}") || !words.namedGroups().containsKey(VALUE_GROUP)
                        ? YES
                        : "{value}";
        Pattern anyCase = Pattern.compile(words.pattern(),
                words.flags() | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        return new Rule(head.substring(0, space), attribute.strip(), value.strip(), denied, words, anyCase);
    }

    /// Reads a clause; empty when its beginning does not match.
    ///
    /// @param from where the clause begins
    /// @param speaker subject for the first person
    /// @param capitals whether the clause [has capitals][#hasCapitals]
    Optional<Reading> read(String clause, int from, String speaker, boolean capitals) {
        Matcher found = (capitals ? words : anyCase).matcher(clause).region(from, clause.length())
                .useTransparentBounds(true)
                .useAnchoringBounds(false);
        if (!found.lookingAt()) {
            return Optional.empty();
        }
        String counted = counted(filled(attribute, found));
        Claim claim = new Claim(subject(found, speaker), counted, Numerals.normalized(counted, filled(value, found)),
                denied != isDenied(found));
        return Optional.of(new Reading(this, claim, has(found, "name"),
                has(found, VALUE_GROUP) ? Optional.of(found.toMatchResult()) : Optional.empty()));
    }

    /// Returns whether its value may be a list, each item of which makes a claim.
    boolean isListed() {
        return LISTED.matcher(attribute).matches();
    }

    /// Returns whether a clause has capitals, so that they tell names from other words.
    static boolean hasCapitals(String clause) {
        return clause.chars().anyMatch(Character::isUpperCase);
    }

    private static String subject(Matcher found, String speaker) {
        String subject = speaker;
        if (has(found, "mine")) {
            String mine = WordForms.caseFolded(found.group("mine"));
            subject = speaker + "'s " + mine.substring(mine.indexOf(' ') + 1).strip();
            subject = subject.replace(",", "");
        } else if (has(found, "kin")) {
            subject = speaker + "'s " + WordForms.caseFolded(found.group("kin") + " " + found.group("name"));
        } else if (has(found, "name")) {
            subject = WordForms.caseFolded(found.group("name"));
        } else if (has(found, "topic")) {
            subject = WordForms.caseFolded(found.group("topic"));
        }
        return has(found, "owned") ? subject + "'s " + WordForms.caseFolded(found.group("owned")) : subject;
    }

    private static boolean isDenied(Matcher found) {
        return found.namedGroups().keySet().stream().filter(group -> group.startsWith("not"))
                .anyMatch(group -> found.group(group) != null);
    }

    private static boolean has(Matcher found, String group) {
        return found.namedGroups().containsKey(group) && found.group(group) != null;
    }

    private static String filled(String template, Matcher found) {
        return normalized(GROUP.matcher(template).replaceAll(group -> has(found, group.group(1))
                ? Matcher.quoteReplacement(normalized(found.group(group.group(1))))
                : ""));
    }

    /// Returns the attribute with its noun in the singular.
    private static String counted(String attribute) {
        Matcher number = NOUN.matcher(attribute);
        return number.matches() ? "number of " + Numerals.singular(number.group(1)) : attribute;
    }

    /// Returns the text in lower case, without an article and the marks at its end, in American spelling.
    private static String normalized(String text) {
        String bare = END.matcher(WordForms.caseFolded(text).strip()).replaceFirst("");
        String folded = ARTICLE.matcher(bare).replaceFirst("").replaceAll("\\s+", " ");
        for (Map.Entry<String, String> spelling : SPELLINGS.entrySet()) {
            folded = folded.replace(spelling.getKey(), spelling.getValue());
        }
        return folded;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s = %s", type, attribute, value);
    }
}
