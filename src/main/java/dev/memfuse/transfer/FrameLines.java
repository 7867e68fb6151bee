package dev.memfuse.transfer;

import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The first and the last line of a file: the header identifies the format, the end line proves that the file is
/// complete.
final class FrameLines {
    /// Every file of this version is written with a checksum.
    static final int VERSION = 2;
    /// The newest version whose files may have been written without a checksum.
    private static final int WITHOUT_CHECKSUM = 1;
    private static final String FORMAT = "memfuse-user";
    private static final String HEADER = "header";
    private static final String END = "end";
    private static final String RECORDS = "records";
    private static final String CHECKSUM = "sha256";

    private FrameLines() {}

    /// Returns the first line of a file.
    static String header() {
        return RecordLine.MAPPER.writeValueAsString(RecordLine.MAPPER.createObjectNode().put(RecordLine.TYPE, HEADER)
                .put("format", FORMAT).put("version", VERSION));
    }

    /// Returns the last line of a file.
    ///
    /// @param counts number of records by label of their kind
    /// @param checksum SHA-256 of the lines before it
    static String end(Map<String, Long> counts, String checksum) {
        ObjectNode line = RecordLine.MAPPER.createObjectNode().put(RecordLine.TYPE, END);
        line.set(RECORDS, numbers(counts));
        return RecordLine.MAPPER.writeValueAsString(line.put(CHECKSUM, checksum));
    }

    private static ObjectNode numbers(Map<String, Long> counts) {
        ObjectNode numbers = RecordLine.MAPPER.createObjectNode();
        counts.forEach(numbers::put);
        return numbers;
    }

    /// Checks the first line of a file.
    ///
    /// @return the version of the format
    /// @throws BadLineException when the line is not a header, or one of another version
    static int checkHeader(ObjectNode line) {
        if (!HEADER.equals(line.path(RecordLine.TYPE).asString(""))
                || !FORMAT.equals(line.path("format").asString(""))) {
            throw new BadLineException("This is not an exported user: the first line must be its header.");
        }
        JsonNode version = line.path("version");
        if (!version.isInt() || version.asInt() < WITHOUT_CHECKSUM || version.asInt() > VERSION) {
            throw new BadLineException("This is version " + version + " of the format; this program reads versions "
                    + WITHOUT_CHECKSUM + " to " + VERSION
                    + ". Import it with the version that exported it, or a newer one.");
        }
        RecordLine.refuseOthers(line, HEADER, Set.of(RecordLine.TYPE, "format", "version"));
        return version.asInt();
    }

    /// Returns whether a line is the last line of a file.
    static boolean isEnd(ObjectNode line) {
        return END.equals(line.path(RecordLine.TYPE).asString(""));
    }

    /// Checks the last line of a file.
    ///
    /// @param version version of the format
    /// @param counts number of records read, by label of their kind
    /// @param checksum SHA-256 of the lines before it
    /// @return whether the line has that checksum
    /// @throws BadLineException when the line states other numbers of records or another checksum
    static UserImport.Checksum checkEnd(ObjectNode line, int version, Map<String, Long> counts,
            String checksum) {
        RecordLine.refuseOthers(line, END, Set.of(RecordLine.TYPE, RECORDS, CHECKSUM));
        // The parser chooses the smallest type of a number, so the expected numbers are parsed too.
        JsonNode expected = RecordLine.object(numbers(counts).toString());
        if (!line.path(RECORDS).equals(expected)) {
            throw new BadLineException("Lines are missing or duplicated: the file should contain " + line.path(RECORDS)
                    + " and contains " + expected + ".");
        }
        JsonNode stated = line.path(CHECKSUM);
        if (stated.isMissingNode()) {
            return version > WITHOUT_CHECKSUM ? UserImport.Checksum.REMOVED : UserImport.Checksum.NEVER_WRITTEN;
        }
        if (!checksum.equals(stated.asString(""))) {
            throw new BadLineException("The file was changed or damaged after its export: its checksum is " + checksum
                    + ", and this line states " + stated.asString("") + ".");
        }
        return UserImport.Checksum.MATCHES;
    }
}
