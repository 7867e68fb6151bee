package dev.memfuse.load.recording;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.memfuse.metrics.EventMark;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The events of a run, one JSON object a line: `at`, `kind`, `text`, and `group` when there is one.
final class MarksFile {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private MarksFile() {}

    /// Writes the events.
    ///
    /// @param mask replaces the secrets in a text
    static void write(OutputStream out, List<EventMark> marks, UnaryOperator<String> mask) throws IOException {
        for (EventMark mark : marks) {
            ObjectNode line = MAPPER.createObjectNode().put("at", mark.at().toString())
                    .put("kind", mark.kind().name().toLowerCase(Locale.ROOT)).put("text", mask.apply(mark.text()));
            if (!mark.group().isEmpty()) {
                line.put("group", mask.apply(mark.group()));
            }
            out.write((MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Reads the events; those of kinds that this version does not know are left out.
    ///
    /// @throws IOException when a line is damaged
    static List<EventMark> read(String text) throws IOException {
        Map<String, EventMark.Kind> kinds = new HashMap<>();
        for (EventMark.Kind kind : EventMark.Kind.values()) {
            kinds.put(kind.name().toLowerCase(Locale.ROOT), kind);
        }
        List<EventMark> marks = new ArrayList<>();
        try {
            for (String line : text.lines().filter(content -> !content.isBlank()).toList()) {
                JsonNode mark = MAPPER.readTree(line);
                EventMark.Kind kind = kinds.get(mark.path("kind").asString(""));
                if (kind != null) {
                    marks.add(new EventMark(Instant.parse(mark.path("at").asString("")), kind,
                            mark.path("text").asString(""), mark.path("group").asString("")));
                }
            }
            return marks;
        } catch (JacksonException | DateTimeParseException e) {
            throw new IOException("line " + (marks.size() + 1) + " is damaged", e);
        }
    }
}
