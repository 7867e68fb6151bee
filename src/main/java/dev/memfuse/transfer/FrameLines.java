package dev.memfuse.transfer;

import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The first and the last line of a file: the header identifies the format, the end line proves that the file is
/// complete.
final class FrameLines {
    static final int VERSION = 1;
    private static final String FORMAT = "memfuse-user";
    private static final String HEADER = "header";
    private static final String END = "end";

    private FrameLines() {}

    /// Returns the first line of a file.
    static String header() {
        return RecordLine.MAPPER.writeValueAsString(RecordLine.MAPPER.createObjectNode().put(RecordLine.TYPE, HEADER)
                .put("format", FORMAT).put("version", VERSION));
    }

    /// Returns the last line of a file.
    ///
    /// @param counts number of records by label of their kind
    static String end(Map<String, Long> counts) {
        ObjectNode line = RecordLine.MAPPER.createObjectNode().put(RecordLine.TYPE, END);
        ObjectNode records = line.putObject("records");
        counts.forEach(records::put);
        return RecordLine.MAPPER.writeValueAsString(line);
    }

    /// Checks the first line of a file.
    ///
    /// @throws BadLineException when the line is not a header, or one of another version
    static void checkHeader(ObjectNode line) {
        if (!HEADER.equals(line.path(RecordLine.TYPE).asString(""))
                || !FORMAT.equals(line.path("format").asString(""))) {
            throw new BadLineException("This is not an exported user: the first line must be its header.");
        }
        JsonNode version = line.path("version");
        if (!version.isIntegralNumber() || version.asInt() != VERSION) {
            throw new BadLineException("This is version " + version + " of the format; this program reads version "
                    + VERSION + ". Import it with the version that exported it, or a newer one.");
        }
    }

    /// Returns whether a line is the last line of a file.
    static boolean isEnd(ObjectNode line) {
        return END.equals(line.path(RecordLine.TYPE).asString(""));
    }

    /// Checks the last line of a file.
    ///
    /// @param counts number of records read, by label of their kind
    /// @throws BadLineException when the line states other numbers of records
    static void checkEnd(ObjectNode line, Map<String, Long> counts) {
        if (!line.path("records").equals(RecordLine.object(end(counts)).path("records"))) {
            throw new BadLineException(
                    "Lines are missing or duplicated: the file should contain " + line.path("records")
                            + " and contains " + RecordLine.object(end(counts)).path("records") + ".");
        }
    }
}
