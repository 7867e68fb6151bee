package dev.memfuse.lab.advice.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.report.BlocksCsv;
import dev.memfuse.lab.compare.report.ComparisonHtml;
import dev.memfuse.lab.report.HtmlPage;
import dev.memfuse.load.report.ResultJson;

/// The files that hold the trial of an advice.
public final class TrialFiles {
    private TrialFiles() {}

    /// Returns the content of each file by its extension: `csv` the blocks, `html` the report, `json` everything.
    public static Map<String, Callable<String>> of(AdviceTrial trial) {
        Map<String, Callable<String>> files = new LinkedHashMap<>();
        files.put("csv", () -> String.join("\n", BlocksCsv.lines(trial.comparison())) + "\n");
        files.put("html", () -> html(trial));
        files.put("json", () -> ResultJson.of(trial));
        return files;
    }

    /// Returns the report as one HTML page.
    public static String html(AdviceTrial trial) {
        HtmlPage page = new HtmlPage(trial.sentence()).problems(trial.comparison().problems())
                .lines(List.of("Advice: " + trial.advice().sentence(), trial.advice().explanation()));
        ComparisonHtml.add(page, trial.comparison(), ComparisonPlan.MARGIN);
        return page.facts("Environment", trial.comparison().environment()).text();
    }
}
