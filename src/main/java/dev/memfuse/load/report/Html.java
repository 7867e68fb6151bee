package dev.memfuse.load.report;

import java.util.Map;

import dev.memfuse.metrics.stats.Numbers;

/// Fragments of HTML.
public final class Html {
    private Html() {}

    /// Escapes text for elements and attributes.
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /// Returns a section with a table of names and values.
    static String table(String title, Map<String, ?> values) {
        StringBuilder html = new StringBuilder("<section class=\"facts\"><h3>").append(escape(title))
                .append("</h3><table>");
        values.forEach((name, value) -> html.append("<tr><th>").append(escape(name)).append("</th><td>")
                .append(escape(text(value)))
                .append("</td></tr>"));
        return html.append("</table></section>").toString();
    }

    private static String text(Object value) {
        return switch (value) {
            case Double number -> Numbers.value(number);
            case Long number -> Numbers.count(number);
            case Integer number -> Numbers.count(number);
            default -> String.valueOf(value);
        };
    }
}
