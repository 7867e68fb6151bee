package dev.memfuse.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.secret.SecretKeys;
import dev.memfuse.config.secret.UrlSecrets;

/// Writes a command line for the log: one line of bounded length without secrets.
///
/// Finds more than [Secrets#mask], because an argument has known limits: a secret may contain blanks and quotes. Where
/// an argument could hold a secret, too much is hidden rather than too little.
public final class LoggedArguments {
    /// Maximum number of characters of one argument; the rest is cut.
    private static final int LONGEST_ARGUMENT = 1_024;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
    private static final Set<String> SETTINGS = Set.of("--set", "--change");
    private static final String DATABASE = "--db";
    private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z-]{0,30})=(.*)", Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile("([0-9hms.]{1,20}:)?(.*)", Pattern.DOTALL);
    private static final Pattern NAMED = Pattern
            .compile("(?is)(.*?(?<![\\w.-])-{0,2}D?(?:" + SecretKeys.NAME + ")[\"']?\\s*[=:]\\s*).*");
    private static final Pattern BARE = Pattern.compile("(?i)-{0,2}(?:" + SecretKeys.NAME + ")");
    private static final Pattern ADDRESS = Pattern.compile("(?is).*://.*|jdbc:.*|.*:.*@.*|.*[?].*=.*");

    private LoggedArguments() {}

    /// Returns a command line as one line; an argument with a blank is quoted.
    public static String line(List<String> arguments) {
        List<String> words = new ArrayList<>();
        String before = "";
        for (String whole : arguments) {
            String argument = bounded(whole);
            words.add(isName(before) && !(before.charAt(0) != '-' && argument.startsWith("-"))
                    ? UrlSecrets.HIDDEN
                    : quoted(cut(CONTROL.matcher(word(before, argument)).replaceAll("?"))));
            before = argument;
        }
        return String.join(" ", words);
    }

    /// Returns whether an argument is the name of a secret whose value is the next argument.
    private static boolean isName(String argument) {
        return BARE.matcher(argument).matches();
    }

    private static String word(String before, String argument) {
        Matcher option = OPTION.matcher(argument);
        if (option.matches() && (SETTINGS.contains(option.group(1)) || option.group(1).equals(DATABASE))) {
            return option.group(1) + "=" + value(option.group(1), option.group(2));
        }
        return value(before, argument);
    }

    private static String value(String option, String argument) {
        if (SETTINGS.contains(option)) {
            return setting(argument);
        }
        Matcher named = NAMED.matcher(argument);
        if (named.matches()) {
            return addressless(named.group(1)) + UrlSecrets.HIDDEN;
        }
        return option.equals(DATABASE) || ADDRESS.matcher(argument).matches()
                ? UrlSecrets.redacted(argument)
                : Secrets.mask(argument);
    }

    /// Returns the text before a named secret, which may itself hold the user of a URL.
    private static String addressless(String text) {
        return ADDRESS.matcher(text).matches() ? UrlSecrets.redacted(text) : text;
    }

    /// Returns a setting `key=value` or `time:key=value`. A key that is none of the configuration is hidden with its
    /// value: the secret may contain the equals sign.
    private static String setting(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 0) {
            return UrlSecrets.HIDDEN;
        }
        String key = argument.substring(0, equals);
        Matcher form = TIME.matcher(key);
        boolean known = form.matches() && ConfigSchema.find(form.group(2).strip()).isPresent();
        if (known) {
            return key + "=" + UrlSecrets.redacted(argument.substring(equals + 1));
        }
        boolean named = form.matches() && SecretKeys.isSecret(form.group(2).strip());
        return named ? key + "=" + UrlSecrets.HIDDEN : UrlSecrets.HIDDEN;
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
