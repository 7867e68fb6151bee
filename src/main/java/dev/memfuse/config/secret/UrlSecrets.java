package dev.memfuse.config.secret;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Hides the parts of a URL that may be secret: the user, the fragment, and every parameter except the few that select
/// how to connect. Stateless, for any thread.
public final class UrlSecrets {
    /// Replacement of a secret.
    public static final String HIDDEN = "***";

    private static final Pattern SCHEME = Pattern.compile("(?i)^(?:jdbc:)?[a-z][a-z0-9+.-]{0,30}:(?://)?");
    private static final Set<String> PARAMETERS = Set.of("ssl", "sslmode", "targetservertype", "connecttimeout",
            "sockettimeout", "logintimeout", "preparethreshold", "tcpkeepalive", "loadbalancehosts");
    private static final Pattern VALUE = Pattern.compile("true|false|\\d{1,6}|disable|allow|prefer|require"
            + "|verify-(?:ca|full)|any|primary|master|secondary|slave|prefer(?:Primary|Secondary|Slave)");

    private UrlSecrets() {}

    /// Returns a text that is one URL, also one without a scheme, with its secret parts replaced by [#HIDDEN].
    public static String redacted(String url) {
        Matcher scheme = SCHEME.matcher(url);
        int begin = scheme.find() ? scheme.end() : 0;
        int user = url.lastIndexOf('@');
        if (user < begin) {
            return redactedEnd(url);
        }
        String end = url.substring(user);
        boolean ambiguous = url.substring(begin, user).matches("(?s).*[?#].*");
        return url.substring(0, begin) + HIDDEN + (ambiguous ? "" : redactedEnd(end));
    }

    /// Returns parameters and fragment of a URL redacted.
    private static String redactedEnd(String url) {
        int fragment = url.indexOf('#');
        String whole = fragment < 0 ? url : url.substring(0, fragment);
        int question = whole.indexOf('?');
        return (question < 0 ? whole : whole.substring(0, question + 1) + parameters(whole.substring(question + 1)))
                + (fragment < 0 ? "" : "#" + HIDDEN);
    }

    /// Returns the parameters of a URL, without the question mark, redacted.
    public static String parameters(String query) {
        return Arrays.stream(query.split("&", -1)).map(UrlSecrets::parameter).collect(Collectors.joining("&"));
    }

    /// Returns the name too only where it is known to be one.
    private static String parameter(String text) {
        String[] pair = text.split("=", 2);
        if (text.isEmpty()) {
            return "";
        }
        if (PARAMETERS.contains(pair[0].toLowerCase(Locale.ROOT)) && pair.length > 1) {
            return pair[0] + "=" + (VALUE.matcher(pair[1]).matches() ? pair[1] : HIDDEN);
        }
        return pair.length > 1 && SecretKeys.isSecret(pair[0]) ? pair[0] + "=" + HIDDEN : HIDDEN;
    }
}
