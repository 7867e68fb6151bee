package dev.memfuse.lab.layers;

/// Quality of facts on labelled dialogues.
///
/// @param dialogues number of dialogues
/// @param facts number of facts that the engine made
/// @param precision facts that a label demands or allows
/// @param useless facts of turns that state nothing worth remembering
/// @param wrong other facts without a label: with a false value, subject or polarity, or of a turn that is not true
/// @param recall demanded labels with a fact
/// @param supersessionPrecision supersessions that a label demands
/// @param supersessionRecall demanded supersessions that were made
/// @param conflicts pairs of facts that are marked as contradicting each other
/// @param supersededOrMarked demanded supersessions that were made, or whose facts are marked as a conflict
/// @param merged repetitions that became one fact with both sources
/// @param mergePrecision sources added to a fact that state the same
/// @param timesRight facts with the stated time, or without one when none is stated
/// @param timeErrorDays median error of a stated time; 0 when there is none
/// @param endsBeforeStatement superseded facts that end before they were said
public record FactScores(int dialogues, long facts, Share precision, Share useless, Share wrong, Share recall,
        Share supersessionPrecision, Share supersessionRecall, long conflicts, Share supersededOrMarked, Share merged,
        Share mergePrecision, Share timesRight,
        double timeErrorDays, long endsBeforeStatement) {}
