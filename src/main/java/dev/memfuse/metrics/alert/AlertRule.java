package dev.memfuse.metrics.alert;

import java.util.Locale;

/// The conditions of the program that raise an alert.
public enum AlertRule implements AlertSource {
    CONNECTION_POOL_ACCESS("p99 wait for a connection"),
    ADD("p99 of add"),
    QUERY("p99 of query"),
    ERROR_RATE("error rate"),
    HEAP_USED("heap used"),
    /// The database cannot be reached. Has no limit.
    DATABASE("database"),
    /// The journal failed. Has no limit.
    JOURNAL("journal"),
    /// The database refused acknowledged rounds for their content. Has no limit.
    DEAD_LETTERS("dead letters"),
    /// A thread or task of the program failed or stands still. Has no limit.
    BACKGROUND("background work");

    private final String title;

    AlertRule(String title) {
        this.title = title;
    }

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Returns whether it compares a value with a limit of the settings, so that it has a timing and can be off.
    public boolean hasLimit() {
        return compareTo(DATABASE) < 0;
    }

    /// Returns the name shown to the user: the observed quantity with its statistic.
    @Override
    public String title() {
        return title;
    }
}
