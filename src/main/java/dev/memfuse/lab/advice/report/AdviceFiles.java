package dev.memfuse.lab.advice.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.Prediction;
import dev.memfuse.lab.advice.Setting;
import dev.memfuse.lab.advice.run.AdviceReport;
import dev.memfuse.lab.report.CsvLines;
import dev.memfuse.lab.report.HtmlPage;
import dev.memfuse.load.report.ResultJson;

/// The files that hold advice.
public final class AdviceFiles {
    private AdviceFiles() {}

    /// Returns the content of each file by its extension: `csv` a line an advice, `html` the report, `json` everything.
    public static Map<String, Callable<String>> of(AdviceReport report) {
        Map<String, Callable<String>> files = new LinkedHashMap<>();
        files.put("csv", () -> csv(report));
        files.put("html", () -> html(report));
        files.put("json", () -> ResultJson.of(report));
        return files;
    }

    /// Returns a line for each advice, a header first.
    public static String csv(AdviceReport report) {
        CsvLines lines = new CsvLines(List.of("rule", "score", "urgency", "sentence", "change", "metric", "predicted"));
        for (Advice advice : report.advice()) {
            Prediction prediction = advice.prediction();
            lines.add(List.of(advice.rule(), advice.score(), advice.urgency(), advice.sentence(), change(advice),
                    prediction == null ? "" : prediction.metric(), prediction == null ? "" : prediction.ratio()));
        }
        return lines.text();
    }

    private static String change(Advice advice) {
        return String.join("; ", advice.change().stream().map(Setting::text).toList());
    }

    /// Returns the report as one HTML page.
    public static String html(AdviceReport report) {
        List<String> problems = new ArrayList<>(report.problems());
        if (report.cancelled()) {
            problems.add(AdviceReport.CANCELLED);
        }
        HtmlPage page = new HtmlPage(report.sentence()).problems(problems).lines(List.of("Load: " + report.load()));
        for (Advice advice : report.advice()) {
            page.section(String.format(Locale.ROOT, "%s [%d, %s]", advice.sentence(), advice.score(),
                    advice.urgency()), advice.explanation(), HtmlPage.table(List.of("", ""), rows(advice)));
        }
        return page.facts("Environment", report.environment()).text();
    }

    private static List<List<String>> rows(Advice advice) {
        List<List<String>> rows = new ArrayList<>();
        advice.evidence().forEach(one -> rows.add(List.of("Evidence at " + one.at(), one.sentence())));
        if (advice.triable()) {
            rows.add(List.of("Change", change(advice)));
        }
        if (!advice.instruction().isEmpty()) {
            rows.add(List.of("Remedy", advice.instruction()));
        }
        Prediction prediction = advice.prediction();
        if (prediction != null) {
            rows.add(List.of("Predicted", prediction.text()));
        }
        return rows;
    }
}
