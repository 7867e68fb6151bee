package dev.memfuse.lab.compare.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.load.report.ResultJson;

/// The files that hold a comparison.
public final class ComparisonFiles {
    private ComparisonFiles() {}

    /// Returns the content of each file by its extension: `csv` the blocks, `html` the report, `json` everything.
    ///
    /// @param margin smallest relative difference that matters
    public static Map<String, Callable<String>> of(ComparisonResult result, double margin) {
        Map<String, Callable<String>> files = new LinkedHashMap<>();
        files.put("csv", () -> String.join("\n", BlocksCsv.lines(result)) + "\n");
        files.put("html", () -> ComparisonHtml.page(result, margin));
        files.put("json", () -> ResultJson.of(result));
        return files;
    }
}
