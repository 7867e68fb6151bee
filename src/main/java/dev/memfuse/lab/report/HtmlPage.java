package dev.memfuse.lab.report;

import java.util.List;
import java.util.Map;

import dev.memfuse.load.report.Html;

/// One HTML page without other files: light and dark by the reader's system, and printable. Texts are escaped. For one
/// thread.
public final class HtmlPage {
    private static final String STYLE = """
                                        :root{color-scheme:light dark;--a:#7a7a7a;--b:#0b6bcb}
                                        body{font:15px/1.5 system-ui,sans-serif;max-width:960px;margin:2em auto;
                                        padding:0 1em}
                                        h1{font-size:1.35em}table{border-collapse:collapse;width:100%}
                                        th,td{text-align:right;padding:.2em .6em;border-bottom:1px solid #8884}
                                        th:first-child,td:first-child{text-align:left}svg{width:100%}
                                        text{fill:currentColor;font-size:13px}
                                        .grid{stroke:#8886}.margin{fill:#8883}
                                        .interval{stroke:var(--b);stroke-width:2}.point{fill:var(--b)}
                                        polyline{fill:none;stroke-width:2}.a{stroke:var(--a);stroke-dasharray:6 3}
                                        .b{stroke:var(--b)}
                                        .problem{border-left:4px solid #c62828;padding-left:.6em}
                                        @media print{body{max-width:none;margin:0}section{break-inside:avoid}}
                                        """;

    private final StringBuilder html = new StringBuilder();

    /// Begins a page.
    ///
    /// @param sentence result in words, its title
    public HtmlPage(String sentence) {
        html.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(Html.escape(sentence)).append("</title><style>").append(STYLE)
                .append("</style></head><body><h1>").append(Html.escape(sentence)).append("</h1>");
    }

    /// Adds what limits the result.
    public HtmlPage problems(List<String> sentences) {
        sentences.forEach(sentence -> html.append("<p class=\"problem\">").append(Html.escape(sentence))
                .append("</p>"));
        return this;
    }

    /// Adds lines of text.
    public HtmlPage lines(List<String> lines) {
        html.append("<p>").append(String.join("<br>", lines.stream().map(Html::escape).toList())).append("</p>");
        return this;
    }

    /// Adds a section.
    ///
    /// @param explanation a sentence below the title
    /// @param parts HTML of its parts
    public HtmlPage section(String title, String explanation, String... parts) {
        html.append("<section><h2>").append(Html.escape(title)).append("</h2><p>").append(Html.escape(explanation))
                .append("</p>").append(String.join("", parts)).append("</section>");
        return this;
    }

    /// Adds a section with names and values.
    public HtmlPage facts(String title, Map<String, String> facts) {
        html.append("<section><h2>").append(Html.escape(title)).append("</h2><table>");
        facts.forEach((name, value) -> html.append(row("td", List.of(name, value))));
        html.append("</table></section>");
        return this;
    }

    /// Returns a table as a part of a section.
    public static String table(List<String> header, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<table>").append(row("th", header));
        rows.forEach(cells -> table.append(row("td", cells)));
        return table.append("</table>").toString();
    }

    private static String row(String element, List<String> cells) {
        StringBuilder row = new StringBuilder("<tr>");
        cells.forEach(cell -> row.append('<').append(element).append('>').append(Html.escape(cell)).append("</")
                .append(element).append('>'));
        return row.append("</tr>").toString();
    }

    /// Returns the page.
    public String text() {
        return html + "</body></html>\n";
    }
}
