package dev.memfuse.load.report;

import java.util.Map;

/// Pieces of HTML.
final class Html {
    private Html() {}

    /// Text made safe for elements and attributes.
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /// A table of names and values.
    static String facts(String title, Map<String, ?> facts) {
        StringBuilder html = new StringBuilder("<section class=\"facts\"><h3>").append(escape(title))
                .append("</h3><table>");
        facts.forEach((name, value) -> html.append("<tr><th>").append(escape(name)).append("</th><td>")
                .append(escape(value instanceof Double number ? Numbers.plain(number) : String.valueOf(value)))
                .append("</td></tr>"));
        return html.append("</table></section>").toString();
    }
}
