package dev.memfuse.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Hides passwords, keys and tokens in text that is logged. Stateless, for any thread.
///
/// Recognizes secrets by their context: the user part of a URL, a value after a telling name
/// (`password=...`, `--api-key ...`, `"secret": "..."`), an `Authorization` header and OpenAI's key prefix. A secret
/// without any of these is not recognized, so code that logs must not rely on this class alone.
public final class Secrets {
    /// Replacement of a secret.
    public static final String HIDDEN = "***";

    private static final String NAME = "[\\w.-]{0,64}(?:passw(?:or)?d|passphrase|pwd|secret|credentials?"
            + "|(?:api|access|private)[_-]?key|(?:access|auth|refresh|bearer|api)[_-]?token)[\\w.-]{0,64}"
            + "|(?:[\\w.-]{0,63}[._-])?(?:token|pass)";
    /// Maximum number of characters of one argument in a command line; the rest is cut.
    private static final int LONGEST_ARGUMENT = 1_024;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*+'";
    private static final Pattern URL_USER = Pattern.compile("://(?:[^\\s/?#@:]{0,256}:\\S{0,512}|[^\\s/?#]{0,512})@");
    private static final Pattern ASSIGNMENT = Pattern
            .compile("(?i)(?<![\\w.-])((?:" + NAME + ")[\"']?\\s{0,4}[:=]\\s{0,4})(?:" + QUOTED
                    + "|[^\\s&,;\"')\\]}]++)");
    private static final Pattern OPTION = Pattern
            .compile("(?i)(?<!\\S)(-{1,2}(?:" + NAME + ")\\s{1,4})(?!-)(?:" + QUOTED
                    + "|\\S++)");
    private static final Pattern HEADER = Pattern
            .compile("(?i)\\b(authorization[\"']?\\s{0,4}[:=]\\s{0,4}(?:\\w{1,20}\\s{1,4})?)\\S++");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer\\s{1,4})[\\w.~+/=-]{8,}");
    private static final Pattern KEY = Pattern.compile("\\bsk-[\\w-]{8,}");
    private static final Pattern WHOLE_ASSIGNMENT = Pattern
            .compile("(?is)(-{0,2}D?[\\w.-]*?(?:" + NAME + ")[\"']?\\s*[=:]\\s*).*");
    private static final Pattern WHOLE_OPTION = Pattern.compile("(?i)-{1,2}(?:" + NAME + ")");

    private Secrets() {}

    /// Returns the text with each recognized secret replaced by [#HIDDEN].
    public static String mask(String text) {
        String masked = URL_USER.matcher(text).replaceAll("://" + HIDDEN + "@");
        masked = ASSIGNMENT.matcher(masked).replaceAll("$1" + HIDDEN);
        masked = OPTION.matcher(masked).replaceAll("$1" + HIDDEN);
        masked = HEADER.matcher(masked).replaceAll("$1" + HIDDEN);
        masked = BEARER.matcher(masked).replaceAll("$1" + HIDDEN);
        return KEY.matcher(masked).replaceAll(HIDDEN);
    }

    /// Returns a command line as one line without secrets; an argument with a space is quoted.
    ///
    /// Finds more than [#mask], because an argument has known limits: a secret may contain spaces and quotes.
    public static String maskArguments(List<String> arguments) {
        List<String> words = new ArrayList<>();
        boolean secret = false;
        for (String whole : arguments) {
            String argument = bounded(CONTROL.matcher(whole).replaceAll("?"));
            if (secret) {
                words.add(HIDDEN);
                secret = false;
                continue;
            }
            secret = WHOLE_OPTION.matcher(argument).matches();
            var assignment = WHOLE_ASSIGNMENT.matcher(argument);
            words.add(assignment.matches() ? assignment.group(1) + HIDDEN : quoted(cut(mask(argument))));
        }
        return String.join(" ", words);
    }

    /// Returns the part of an argument that is searched for secrets: longer than what is kept, so that the cut divides
    /// none.
    private static String bounded(String argument) {
        return argument.substring(0, Math.min(argument.length(), 2 * LONGEST_ARGUMENT));
    }

    private static String cut(String argument) {
        return argument.length() <= LONGEST_ARGUMENT ? argument : argument.substring(0, LONGEST_ARGUMENT) + "...";
    }

    private static String quoted(String argument) {
        return argument.isEmpty() || argument.chars().anyMatch(Character::isWhitespace)
                ? "\"" + argument + "\""
                : argument;
    }
}
