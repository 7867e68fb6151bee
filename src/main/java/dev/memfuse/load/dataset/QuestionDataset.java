package dev.memfuse.load.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.CorpusException;

/// A data set with questions and their evidence, which is read again for each use, so that memory holds one
/// conversation at a time.
///
/// @param name forms and path, one line
/// @param forms forms of the files
/// @param conversations number of conversations
/// @param turns number of messages in all conversations
/// @param noteCount number of peculiarities, for instance of evidence that names no turn
/// @param notes the first of them, with file and place
public record QuestionDataset(Path path, String name, Set<DatasetForm> forms, int conversations, long turns,
        long noteCount, List<String> notes) {

    /// Reads a data set to its end and checks it. Blocks.
    ///
    /// @throws CorpusException when there is no file, a value cannot be used or the form has no questions; names file
    /// and place
    /// @throws InvalidValueException when a text, name or time is one that the engine refuses
    public static QuestionDataset open(Path path) {
        Dataset dataset = Dataset.open(path);
        DatasetProblems problems = new DatasetProblems();
        int[] conversations = {0};
        long[] turns = {0};
        dataset.read(problems.strict(), (form, conversation) -> {
            if (!form.hasQuestions()) {
                throw new CorpusException(String.format(Locale.ROOT,
                        "%s holds %s, which have no questions with known evidence. Measure retrieval on LoCoMo or "
                                + "LongMemEval; a load reads this data set.",
                        path, form.label()));
            }
            conversations[0]++;
            turns[0] += conversation.messages();
            return true;
        });
        return new QuestionDataset(path, dataset.name(), dataset.forms(), conversations[0], turns[0],
                problems.noteCount(), problems.notes());
    }

    /// Reads all conversations again, in order. Blocks.
    public void forEach(Consumer<Conversation> each) {
        Dataset.open(path).read(new DatasetProblems().strict(), (_, conversation) -> {
            each.accept(conversation);
            return true;
        });
    }
}
