package dev.memfuse.console.lab.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.report.AdviceFiles;
import dev.memfuse.lab.advice.report.TrialFiles;
import dev.memfuse.lab.advice.run.AdviceReport;
import dev.memfuse.lab.advice.run.AdviceTrial;
import org.jspecify.annotations.Nullable;

/// Advice as the page shows it.
///
/// @param sentence the finding in words
/// @param about the load and its time
/// @param warnings sentences about what limits the advice
/// @param cards one an advice, most urgent first
/// @param files name of an exported file, and its contents by extension
record AdviceView(String sentence, String about, List<String> warnings, List<Card> cards, Files files) {

    /// One advice.
    ///
    /// @param number from 1, as the command counts them
    /// @param trial its last trial; null when it was not tried
    /// @param kept whether its change is in force by this page
    record Card(int number, Advice advice, @Nullable AdviceTrial trial, boolean kept) {}

    /// What an export writes.
    record Files(String name, Map<String, Callable<String>> texts) {}

    /// Returns the view of a report.
    ///
    /// @param trials last trial of each advice
    /// @param kept advice whose change is in force by this page
    static AdviceView of(AdviceReport report, Map<Advice, AdviceTrial> trials, Set<Advice> kept) {
        List<String> warnings = new ArrayList<>(report.problems());
        if (report.cancelled()) {
            warnings.add(AdviceReport.CANCELLED);
        }
        return new AdviceView(report.sentence(),
                "Load: " + report.load() + ", " + Formats.moment(report.startedAt()), List.copyOf(warnings),
                cards(report.advice(), trials, kept), new Files("advice", AdviceFiles.of(report)));
    }

    /// Returns the view of a recorded trial alone.
    static AdviceView of(AdviceTrial trial, Set<Advice> kept) {
        return new AdviceView("Trial of one advice: " + trial.advice().sentence(),
                "Compared " + Formats.moment(trial.comparison().startedAt()), List.of(),
                cards(List.of(trial.advice()), Map.of(trial.advice(), trial), kept),
                new Files("trial", TrialFiles.of(trial)));
    }

    private static List<Card> cards(List<Advice> advice, Map<Advice, AdviceTrial> trials, Set<Advice> kept) {
        List<Card> cards = new ArrayList<>();
        for (Advice one : advice) {
            cards.add(new Card(cards.size() + 1, one, trials.get(one), kept.contains(one)));
        }
        return List.copyOf(cards);
    }
}
