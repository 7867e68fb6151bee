package dev.memfuse.load.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.file.FileFailures;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.CorpusException;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.Question;

/// Reads a data set to its end and describes it with all its problems. Memory does not grow with the size of the files,
/// only by 16 to 32 bytes for each user and session of a JSON Lines file.
public final class DatasetCheck {
    private final LongSet users = new LongSet();
    private final LongSet sessionNames = new LongSet();
    private final Map<String, Long> turns = new LinkedHashMap<>();
    private final Map<String, Long> questions = new TreeMap<>();
    private final ScriptCounts scripts = new ScriptCounts();
    private final DatasetProblems problems = new DatasetProblems();
    private long conversations;
    private long sessions;
    private long textBytes;
    private long longest;
    private long answerable;
    private long missing;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    private DatasetCheck() {}

    /// Reads a data set of any form. Blocks.
    ///
    /// @throws CorpusException when there is no such file, or no data set in the folder
    public static DatasetReport of(Path path) {
        Dataset dataset = Dataset.open(path);
        DatasetCheck check = new DatasetCheck();
        dataset.read(check.problems, check::add);
        return check.report(dataset);
    }

    private boolean add(DatasetForm form, Conversation part) {
        if (form.hasQuestions()) {
            conversations++;
            sessions += part.sessions().size();
        } else {
            users.add(LongSet.hash(part.id()));
            part.sessions().forEach(session -> sessionNames.add(LongSet.hash(part.id(), session.name())));
        }
        for (CorpusSession session : part.sessions()) {
            session.turns().forEach(this::add);
        }
        part.questions().forEach(this::add);
        return true;
    }

    private void add(Turn turn) {
        turns.merge(turn.role().label(), 1L, Long::sum);
        long bytes = TextCheck.bytes("text", turn.text());
        textBytes += bytes;
        longest = Math.max(longest, bytes);
        scripts.add(turn.text());
        first = turn.at().isBefore(first) ? turn.at() : first;
        last = turn.at().isAfter(last) ? turn.at() : last;
    }

    private void add(Question question) {
        questions.merge(question.category().isEmpty() ? "none" : question.category(), 1L, Long::sum);
        answerable += question.evidence().isEmpty() ? 0 : 1;
        missing += question.unresolved();
    }

    private DatasetReport report(Dataset dataset) {
        boolean empty = turns.isEmpty();
        if (empty && problems.refusedCount() == 0) {
            problems.refuse(dataset.name() + " holds no message.");
        }
        return new DatasetReport(dataset.name(), dataset.forms().stream().sorted().map(DatasetForm::label).toList(),
                dataset.files().size(), dataset.files().stream().mapToLong(DatasetCheck::size).sum(),
                conversations + users.size(), sessions + sessionNames.size(), Collections.unmodifiableMap(turns),
                empty ? "" : first.toString(), empty ? "" : last.toString(), textBytes, longest, scripts.shares(),
                Collections.unmodifiableMap(questions), answerable, missing, problems.refusedCount(),
                problems.refused(), problems.noteCount(), problems.notes());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new CorpusException(
                    "The size of " + file + " cannot be read: " + FileFailures.reason(e) + ".", e);
        }
    }
}
