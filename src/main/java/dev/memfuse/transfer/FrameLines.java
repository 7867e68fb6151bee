package dev.memfuse.transfer;

import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The first and the last line of a file: the first says what it is, the last that nothing is cut off.
final class FrameLines {
    static final int VERSION = 1;
    private static final String FORMAT = "memfuse-user";
    private static final String HEADER = "header";
    private static final String END = "end";

    private FrameLines() {}

    static String header() {
        return RecordLine.MAPPER.writeValueAsString(RecordLine.MAPPER.createObjectNode().put(RecordLine.TYPE, HEADER)
                .put("format", FORMAT).put("version", VERSION));
    }

    /// @param counts records by label of their kind
    static String end(Map<String, Long> counts) {
        ObjectNode line = RecordLine.MAPPER.createObjectNode().put(RecordLine.TYPE, END);
        ObjectNode records = line.putObject("records");
        counts.forEach(records::put);
        return RecordLine.MAPPER.writeValueAsString(line);
    }

    /// @throws BadLineException when this is no file of ours, or one of a format we do not know
    static void checkHeader(ObjectNode line) {
        if (!HEADER.equals(line.path(RecordLine.TYPE).asString(""))
                || !FORMAT.equals(line.path("format").asString(""))) {
            throw new BadLineException("This is not an exported user: the first line must be its header.");
        }
        JsonNode version = line.path("version");
        if (!version.isIntegralNumber() || version.asInt() != VERSION) {
            throw new BadLineException("This is version " + version + " of the format; this program reads version "
                    + VERSION + ". Import it with the program that made it, or a newer one.");
        }
    }

    static boolean isEnd(ObjectNode line) {
        return END.equals(line.path(RecordLine.TYPE).asString(""));
    }

    /// @throws BadLineException when other numbers of records came before
    static void checkEnd(ObjectNode line, Map<String, Long> counts) {
        if (!line.path("records").equals(RecordLine.object(end(counts)).path("records"))) {
            throw new BadLineException("Lines are missing or doubled: the file should hold " + line.path("records")
                    + " and holds " + RecordLine.object(end(counts)).path("records") + ".");
        }
    }
}
