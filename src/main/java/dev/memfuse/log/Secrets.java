package dev.memfuse.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.config.secret.SecretKeys;
import dev.memfuse.config.secret.UrlSecrets;

/// Hides passwords, keys and tokens in text that is logged. Stateless, for any thread.
///
/// Recognizes secrets by their context: user and parameters of a URL, a value after a telling name
/// (`password=...`, `--api-key ...`, `"secret": "..."`), an `Authorization` header and OpenAI's key prefix. A secret
/// without any of these is not recognized, so code that logs must not rely on this class alone.
public final class Secrets {
    private static final String HIDDEN = UrlSecrets.HIDDEN;
    private static final String NAME = SecretKeys.NAME;
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
    /// Parameters of a URL; the parameter `options` may contain blanks, so that it ends with the line.
    private static final Pattern URL_PARAMETERS = Pattern
            .compile("(?i)(?<=://[^\\s?\"']{0,512}\\?)(?:[^\\s\"']*?options=.*|[^\\s\"'<>]*)");

    private Secrets() {}

    /// Returns the text with each recognized secret replaced by [#HIDDEN].
    public static String mask(String text) {
        String masked = URL_USER.matcher(text).replaceAll("://" + HIDDEN + "@");
        masked = URL_PARAMETERS.matcher(masked).replaceAll(found -> Matcher.quoteReplacement(
                UrlSecrets.parameters(found.group())));
        masked = ASSIGNMENT.matcher(masked).replaceAll("$1" + HIDDEN);
        masked = OPTION.matcher(masked).replaceAll("$1" + HIDDEN);
        masked = HEADER.matcher(masked).replaceAll("$1" + HIDDEN);
        masked = BEARER.matcher(masked).replaceAll("$1" + HIDDEN);
        return KEY.matcher(masked).replaceAll(HIDDEN);
    }
}
