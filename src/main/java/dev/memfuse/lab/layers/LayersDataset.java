package dev.memfuse.lab.layers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.lab.retrieval.RetrievalDataset;
import dev.memfuse.load.corpus.CorpusException;
import dev.memfuse.load.corpus.Haystack;
import dev.memfuse.load.labelled.LabelledDialogue;
import dev.memfuse.load.labelled.LabelledDialogue.Turn;
import dev.memfuse.load.labelled.LabelledSet;

/// Dialogues for a measurement of the layers.
///
/// @param name source of the texts, one line for the user
/// @param labelled whether the dialogues have labels
/// @param remarks for the user: the licence of the texts
public record LayersDataset(String name, boolean labelled, List<LabelledDialogue> dialogues, List<String> remarks) {
    private static final String UNKNOWN_LANGUAGE = "und";
    private static final String UNLABELLED = "unlabelled";

    public LayersDataset {
        dialogues = List.copyOf(dialogues);
        remarks = List.copyOf(remarks);
    }

    /// Opens the data set of a description: as in [LabelledSet#of], or the path of conversations in the form of LoCoMo
    /// or LongMemEval, which have no labels. Blocks.
    ///
    /// @throws CorpusException when the description or the files are invalid
    public static LayersDataset of(String description) {
        if (LabelledSet.isBuiltIn(description) || LabelledSet.isLabelled(Path.of(description))) {
            LabelledSet set = LabelledSet.of(description);
            return new LayersDataset(set.name(), true, set.dialogues(), List.of());
        }
        RetrievalDataset set = RetrievalDataset.of(description);
        List<LabelledDialogue> dialogues = new ArrayList<>();
        set.haystacks().forEach(haystack -> dialogues.add(unlabelled(haystack)));
        return new LayersDataset(set.name(), false, dialogues, set.remarks());
    }

    private static LabelledDialogue unlabelled(Haystack haystack) {
        List<Turn> turns = new ArrayList<>();
        haystack.sessions().forEach(session -> session.turns()
                .forEach(turn -> turns.add(new Turn(turn.at().toString(), turn.role().label(), turn.text()))));
        return new LabelledDialogue(haystack.id().toLowerCase(Locale.ROOT), UNKNOWN_LANGUAGE, UNLABELLED, turns,
                List.of(), List.of());
    }
}
