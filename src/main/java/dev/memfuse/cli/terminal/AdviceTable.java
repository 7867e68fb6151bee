package dev.memfuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.Evidence;
import dev.memfuse.lab.advice.Prediction;
import dev.memfuse.lab.advice.Setting;
import dev.memfuse.lab.advice.run.AdviceReport;
import dev.memfuse.lab.advice.run.AdviceTrial;
import org.apache.commons.text.WordUtils;

/// Prints advice.
public final class AdviceTable {
    private static final int WIDTH = 110;
    private static final String INDENT = "      ";

    private AdviceTable() {}

    /// Returns the report, line by line.
    public static List<String> lines(AdviceReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.sentence());
        report.problems().forEach(problem -> lines.add("! " + problem));
        if (report.cancelled()) {
            lines.add("! " + AdviceReport.CANCELLED);
        }
        lines.add("Load: " + report.load());
        for (int i = 0; i < report.advice().size(); i++) {
            lines.add("");
            lines.addAll(one(i + 1, report.advice().get(i)));
        }
        return lines;
    }

    /// Returns a trial, line by line.
    public static List<String> lines(AdviceTrial trial) {
        List<String> lines = new ArrayList<>(ComparisonTable.lines(trial.comparison()));
        lines.addAll(List.of("", trial.sentence()));
        if (trial.outcome() == AdviceTrial.Outcome.KEEP) {
            lines.add("To keep it: " + String.join(" ",
                    trial.advice().change().stream().map(setting -> "--set " + setting.text()).toList()));
        }
        return lines;
    }

    private static List<String> one(int number, Advice advice) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%2d  [%d %s] %s", number, advice.score(), advice.urgency(),
                advice.sentence()));
        for (Evidence evidence : advice.evidence()) {
            lines.addAll(wrapped(evidence.at() + "  " + evidence.sentence()));
        }
        if (advice.triable()) {
            lines.addAll(wrapped("Change: " + String.join(", ", advice.change().stream().map(Setting::text).toList())));
        }
        if (!advice.instruction().isEmpty()) {
            lines.addAll(wrapped(advice.instruction()));
        }
        Prediction prediction = advice.prediction();
        if (prediction != null) {
            lines.addAll(wrapped("Predicted: " + prediction.text()));
        }
        lines.addAll(wrapped(advice.explanation()));
        return lines;
    }

    private static List<String> wrapped(String text) {
        return WordUtils.wrap(text, WIDTH).lines().map(line -> INDENT + line).toList();
    }
}
