package dev.memfuse.lab.retrieval;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import dev.memfuse.load.corpus.CorpusException;
import dev.memfuse.load.corpus.GeneratedHaystack;
import dev.memfuse.load.corpus.Haystack;
import dev.memfuse.load.dataset.DatasetCorpus;

/// Conversations with questions whose evidence is known.
///
/// @param name source of the texts, one line for the user
/// @param haystacks each becomes one user
/// @param remark licence of the texts for the user; empty when there is nothing to say
public record RetrievalDataset(String name, List<Haystack> haystacks, String remark) {
    private static final String GENERATED = "generated";
    private static final int DEFAULT_TURNS = 10_000;
    private static final long SEED = 1;
    private static final String LOCOMO = "The LoCoMo data set (Maharana et al., ACL 2024) is CC BY-NC 4.0: for "
            + "non-commercial use only, and no part of this project.";

    public RetrievalDataset {
        haystacks = List.copyOf(haystacks);
    }

    /// Opens the data set of a description: `generated`, `generated:N` with N turns, or the path of a file or folder in
    /// the format of LoCoMo. Blocks.
    ///
    /// @throws CorpusException when the description or the files are invalid
    public static RetrievalDataset of(String description) {
        if (description.equals(GENERATED)) {
            return generated(DEFAULT_TURNS);
        }
        if (description.startsWith(GENERATED + ":")) {
            return generated(turns(description.substring(GENERATED.length() + 1)));
        }
        var corpus = DatasetCorpus.read(Path.of(description), Integer.MAX_VALUE);
        return new RetrievalDataset(corpus.name(), corpus.conversations().stream().map(Haystack::of).toList(), LOCOMO);
    }

    private static RetrievalDataset generated(int turns) {
        return new RetrievalDataset(String.format(Locale.ROOT, "generated, %,d turns, seed %d", turns, SEED),
                List.of(GeneratedHaystack.of(SEED, turns)), "");
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

    /// Returns the number of turns in all haystacks.
    public long turns() {
        return haystacks.stream().mapToLong(Haystack::turns).sum();
    }
}
