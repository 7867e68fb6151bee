package dev.memfuse.engine.model.language;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/// Formats data for a prompt: one JSON object per line, between the lines `<name>` and `</name>`. Angle brackets and
/// line breaks inside the data are escaped, so no text can end its block or start another one.
public final class DataBlock {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DataBlock() {}

    /// Returns a block.
    ///
    /// @param name name of the block, letters and `_`
    /// @param records values by field, in the order of the fields
    public static String of(String name, List<? extends Map<String, ?>> records) {
        StringBuilder text = new StringBuilder("<").append(name).append(">\n");
        for (Map<String, ?> record : records) {
            text.append(JSON.writeValueAsString(record).replace("<", "\\u003c").replace(">", "\\u003e")
                    .replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\u0085", "\\u0085"))
                    .append('\n');
        }
        return text.append("</").append(name).append('>').toString();
    }
}
