package dev.memfuse.load.dataset;

import java.util.List;
import java.util.Map;

/// Contents and problems of a data set, as a load or a measurement would read it. Serialized as the JSON of
/// `dataset check --json`.
///
/// @param dataset forms and path, one line
/// @param forms labels of the forms
/// @param files number of files
/// @param bytes size of the files
/// @param users number of users; of a LoCoMo or LongMemEval file the number of conversations
/// @param sessions number of sessions
/// @param turns number of messages by role, with text
/// @param firstTime time of the earliest message, RFC 3339; empty without messages
/// @param lastTime time of the latest message, RFC 3339; empty without messages
/// @param textBytes UTF-8 bytes of all texts
/// @param longestTextBytes UTF-8 bytes of the longest text
/// @param scripts share of each writing system among the letters, 0..1, the largest first
/// @param questions number of questions by category
/// @param questionsWithEvidence number of questions whose evidence is known
/// @param missingEvidence number of turns or sessions that are named as evidence and are not there
/// @param problemCount number of values that cannot be used; a load refuses the data set unless it is 0
/// @param problems the first of them, with file and place
/// @param noteCount number of peculiarities that do not prevent a load
/// @param notes the first of them, with file and place
public record DatasetReport(String dataset, List<String> forms, int files, long bytes, long users, long sessions,
        Map<String, Long> turns, String firstTime, String lastTime, long textBytes, long longestTextBytes,
        Map<String, Double> scripts, Map<String, Long> questions, long questionsWithEvidence, long missingEvidence,
        long problemCount, List<String> problems, long noteCount, List<String> notes) {

    /// Returns the number of messages of all roles.
    public long allTurns() {
        return turns.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Returns whether a load reads the data set.
    public boolean loadable() {
        return problemCount == 0 && allTurns() > 0;
    }
}
