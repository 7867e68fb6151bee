package dev.memfuse.log;

import java.util.StringJoiner;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;

/// Texts of log events, for the file and for the terminal: secrets hidden, control characters replaced, and causes
/// in one line in place of a stack trace.
final class LogFormat {
    /// Maximum length of a text, in characters; longer texts are cut.
    static final int LONGEST_TEXT = 64 * 1024;
    /// Number of characters after the cut that are searched for the end of a secret.
    private static final int CUT_MARGIN = 1_024;
    private static final String OWN_PACKAGES = "dev.memfuse.";
    private static final int CAUSES = 5;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029&&[^\n\t]]");
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n?");

    private LogFormat() {}

    /// Returns the message, which begins with its component: for a library, the name of the class that logs.
    static String message(ILoggingEvent event) {
        String name = event.getLoggerName();
        String message = String.valueOf(event.getFormattedMessage());
        return name.startsWith(OWN_PACKAGES) ? message : name.substring(name.lastIndexOf('.') + 1) + ": " + message;
    }

    /// Returns the causes of a failure in one line that continues a message; empty when there is no failure.
    static String causes(ILoggingEvent event) {
        StringJoiner line = new StringJoiner(", caused by ", " (", ")").setEmptyValue("");
        int count = 0;
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null
                && count < CAUSES; cause = cause.getCause()) {
            String name = cause.getClassName().substring(cause.getClassName().lastIndexOf('.') + 1);
            line.add(cause.getMessage() == null ? name : name + ": " + cause.getMessage());
            count++;
        }
        return line.toString();
    }

    /// Returns the text for the file: with the stack trace when the event is an error, else with its causes.
    static String full(ILoggingEvent event) {
        IThrowableProxy failure = event.getThrowableProxy();
        return failure != null && event.getLevel().isGreaterOrEqual(Level.ERROR)
                ? message(event) + "\n" + ThrowableProxyUtil.asString(failure).stripTrailing()
                : message(event) + causes(event);
    }

    /// Returns text that is safe to write: bounded, without secrets, and with line feeds and tabs as its only control
    /// characters.
    static String clean(String text) {
        // Secrets are masked before the cut: a secret that the cut divides would not be recognized.
        String start = text.substring(0, Math.min(text.length(), LONGEST_TEXT + CUT_MARGIN));
        String lines = LINE_BREAK.matcher(start).replaceAll("\n");
        String masked = Secrets.mask(CONTROL.matcher(lines).replaceAll("?"));
        return text.length() <= LONGEST_TEXT
                ? masked
                : masked.substring(0, Math.min(masked.length(), LONGEST_TEXT)) + " ("
                        + (text.length() - LONGEST_TEXT) + " more characters)";
    }
}
