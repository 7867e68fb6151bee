package dev.memfuse.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.load.Verdict;
import dev.memfuse.metrics.stats.Numbers;

/// The failed and the void blocks of both arms as problems of their comparison.
final class BlockProblems {
    private static final String VOID = "Void as a measurement";

    private BlockProblems() {}

    /// Returns one problem an arm that has such blocks, each with what to do, which is said once.
    static List<Problem> of(List<Block> blocks) {
        List<Problem> problems = new ArrayList<>();
        String said = "";
        for (boolean candidate : new boolean[]{false, true}) {
            List<Block> arm = blocks.stream().filter(block -> block.candidate() == candidate).toList();
            List<Verdict.Reason> bad = arm.stream().flatMap(block -> reason(block).stream()).toList();
            if (!bad.isEmpty()) {
                String brief = String.format(Locale.ROOT, "%s of %s of arm %s %s not valid", Numbers.count(bad.size()),
                        Numbers.count(arm.size(), "block"), candidate ? "B" : "A", bad.size() == 1 ? "is" : "are");
                String remedy = remedy(bad.getFirst().cause());
                problems.add(new Problem(brief,
                        brief + ": " + why(bad.getFirst()) + (remedy.equals(said) ? "" : remedy),
                        arm.stream().anyMatch(BlockProblems::voids)));
                said = remedy;
            }
        }
        return problems;
    }

    /// The reference may miss a threshold: that is what the candidate is to mend.
    private static Optional<Verdict.Reason> reason(Block block) {
        return block.verdict().reasons().stream()
                .filter(reason -> block.candidate() || reason.cause() != Verdict.Cause.THRESHOLD).findFirst();
    }

    /// Returns whether blocks take every verdict from the figures.
    static boolean voided(List<Block> blocks) {
        return blocks.stream().anyMatch(BlockProblems::voids);
    }

    /// A candidate that fails is worse, but failures of the reference may shorten its calls.
    private static boolean voids(Block block) {
        return block.verdict().reasons().stream().map(Verdict.Reason::cause)
                .anyMatch(cause -> block.candidate()
                        ? cause.outcome() != Verdict.Outcome.FAILED
                        : cause != Verdict.Cause.THRESHOLD);
    }

    /// "Not valid" says already what a verdict on one run begins with.
    private static String why(Verdict.Reason reason) {
        String sentence = reason.sentence();
        return sentence.startsWith(VOID) ? sentence.substring(sentence.indexOf(": ") + 2) : sentence;
    }

    private static String remedy(Verdict.Cause cause) {
        return switch (cause) {
            case GENERATOR, LAG -> " Close other programs on this machine or lower the rate, and run it again.";
            case ACHIEVED -> " Lower the rate, and run it again.";
            case GENERATOR_LOST, STOPPED -> " Run it again.";
            default -> "";
        };
    }
}
