package dev.memfuse.console.log;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.memfuse.log.LogEntry;

/// Finds a text in entries, in any case of its letters. An empty text is in none.
final class LogSearch {
    static final LogSearch NOTHING = new LogSearch("");
    private final Predicate<String> contains;
    private final boolean empty;

    LogSearch(String text) {
        empty = text.isEmpty();
        contains = Pattern.compile(text, Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .asPredicate();
    }

    boolean isEmpty() {
        return empty;
    }

    boolean matches(LogEntry entry) {
        return !empty && (contains.test(entry.text()) || contains.test(entry.component())
                || contains.test(entry.details()) || contains.test(entry.thread()));
    }

    int count(List<LogEntry> entries) {
        return empty ? 0 : (int) entries.stream().filter(this::matches).count();
    }

    /// Number of the match at an index among all matches, from 1.
    int number(List<LogEntry> entries, int index) {
        return count(entries.subList(0, index + 1));
    }

    /// Index of the next match after `from`, beginning anew at the end; -1 when there is none.
    int next(List<LogEntry> entries, int from) {
        return find(entries, from, 1);
    }

    /// Index of the match before `from`, going on from the end; -1 when there is none.
    int previous(List<LogEntry> entries, int from) {
        return find(entries, from < 0 ? entries.size() : from, -1);
    }

    private int find(List<LogEntry> entries, int from, int step) {
        for (int i = 1; i <= entries.size(); i++) {
            int index = Math.floorMod(from + i * step, entries.size());
            if (matches(entries.get(index))) {
                return index;
            }
        }
        return -1;
    }
}
