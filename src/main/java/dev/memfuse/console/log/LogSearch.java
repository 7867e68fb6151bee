package dev.memfuse.console.log;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.memfuse.log.LogEntry;

/// Finds a text in entries, ignoring case. An empty text matches nothing.
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

    /// Returns the number of the match at an index among all matches, from 1.
    int number(List<LogEntry> entries, int index) {
        return count(entries.subList(0, index + 1));
    }

    /// Returns the index of the next match after `from`, from the start again after the end; -1 without a match.
    int next(List<LogEntry> entries, int from) {
        return find(entries, from, 1);
    }

    /// Returns the index of the previous match before `from`, from the end again after the start; -1 without a match.
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
