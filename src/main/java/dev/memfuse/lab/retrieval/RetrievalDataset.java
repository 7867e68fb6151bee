package dev.memfuse.lab.retrieval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import dev.memfuse.load.corpus.CorpusException;
import dev.memfuse.load.corpus.GeneratedHaystack;
import dev.memfuse.load.corpus.Haystack;
import dev.memfuse.load.dataset.DatasetForm;
import dev.memfuse.load.dataset.QuestionDataset;

/// Conversations with questions whose evidence is known.
///
/// @param name source of the texts, one line for the user
/// @param users number of conversations, each becomes one user
/// @param turns number of turns in all conversations
/// @param haystacks reads the conversations one by one
/// @param remarks for the user: the licence of the texts, and peculiarities with file and place
public record RetrievalDataset(String name, int users, long turns, Haystacks haystacks, List<String> remarks) {
    private static final String GENERATED = "generated";
    private static final int DEFAULT_TURNS = 10_000;
    private static final long SEED = 1;
    private static final String LOCOMO = "The LoCoMo data set (Maharana et al., ACL 2024) is CC BY-NC 4.0: for "
            + "non-commercial use only, and no part of this project.";

    /// Conversations that are read or generated again for each use.
    public interface Haystacks {
        /// Passes the conversations to a consumer, one by one. Blocks.
        void forEach(Consumer<Haystack> each);
    }

    public RetrievalDataset {
        remarks = List.copyOf(remarks);
    }

    /// Opens the data set of a description: `generated`, `generated:N` with N turns, or the path of a file or folder in
    /// the form of LoCoMo or LongMemEval. Blocks.
    ///
    /// @throws CorpusException when the description or the files are invalid
    public static RetrievalDataset of(String description) {
        if (description.equals(GENERATED)) {
            return generated(DEFAULT_TURNS);
        }
        if (description.startsWith(GENERATED + ":")) {
            return generated(turns(description.substring(GENERATED.length() + 1)));
        }
        QuestionDataset set = QuestionDataset.open(Path.of(description));
        List<String> remarks = new ArrayList<>();
        if (set.forms().contains(DatasetForm.LOCOMO)) {
            remarks.add(LOCOMO);
        }
        set.notes().forEach(note -> remarks.add("Note: " + note));
        if (set.noteCount() > set.notes().size()) {
            remarks.add(String.format(Locale.ROOT, "And %,d more notes.", set.noteCount() - set.notes().size()));
        }
        return new RetrievalDataset(set.name(), set.conversations(), set.turns(),
                each -> set.forEach(conversation -> each.accept(Haystack.of(conversation))), remarks);
    }

    private static RetrievalDataset generated(int turns) {
        Haystack haystack = GeneratedHaystack.of(SEED, turns);
        return new RetrievalDataset(String.format(Locale.ROOT, "generated, %,d turns, seed %d", turns, SEED), 1,
                haystack.turns(), each -> each.accept(haystack), List.of());
    }

    private static int turns(String text) {
        try {
            return Integer.parseInt(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new CorpusException(
                    String.format(Locale.ROOT, "\"%s\" is no number of turns; write for instance generated:10000.",
                            text),
                    e);
        }
    }
}
