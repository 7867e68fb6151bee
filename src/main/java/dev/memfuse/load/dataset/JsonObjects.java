package dev.memfuse.load.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.memfuse.file.FileFailures;
import dev.memfuse.file.MalformedUtf8Exception;
import dev.memfuse.file.ParserMessages;
import dev.memfuse.file.SmallFiles;
import dev.memfuse.file.TextLines;
import dev.memfuse.file.Utf8Reader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the JSON objects of a file one by one: the elements of one array, the lines of a JSON Lines file, or one
/// object. Strict UTF-8, with or without a byte order mark. Refuses a key that an object has twice, since one of its
/// values would be lost. Memory does not grow with the file, only with its longest object.
final class JsonObjects {
    /// Maximum length of a line in characters.
    static final int MAX_LINE = 1 << 27;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Checked here, with a sentence for the user.
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    /// The name of the limit in the library, which says nothing to the user.
    private static final Pattern LIMIT = Pattern.compile(", from `[^`]*`");

    private final Path file;
    private final Problems problems;
    private final Visitor visitor;
    private boolean more = true;

    /// Receives the objects of a file.
    interface Visitor {
        /// @param place file and position for the user; empty position when the file is one object
        /// @return false to end the reading
        boolean visit(Place place, ObjectNode object);
    }

    /// The place of an object.
    ///
    /// @param number number of the element or line, from 1; 0 when the file is one object
    record Place(Path file, String unit, long number) {
        /// Returns the place with another word for an element of an array.
        Place withElement(String element) {
            return unit.equals("entry") ? new Place(file, element, number) : this;
        }

        @Override
        public String toString() {
            return number == 0 ? file.toString() : file + ", " + unit + " " + number;
        }
    }

    private JsonObjects(Path file, Problems problems, Visitor visitor) {
        this.file = file;
        this.problems = problems;
        this.visitor = visitor;
    }

    /// Reads a file; blocks until it has ended or the visitor ends the reading.
    ///
    /// @return false when the visitor ended the reading
    static boolean read(Path file, Problems problems, Visitor visitor) {
        JsonObjects objects = new JsonObjects(file, problems, visitor);
        try {
            objects.read();
        } catch (IOException e) {
            problems.refuse(objects.describe(e));
        }
        return objects.more;
    }

    private void read() throws IOException {
        int first = firstCharacter();
        if (first < 0) {
            problems.refuse(file + " is empty; expected JSON.");
        } else if (first == '[' || !lines()) {
            document();
        }
    }

    /// Returns the first character that is not white space, or -1. The lines of an array may be as long as the file.
    private int firstCharacter() throws IOException {
        try (Utf8Reader text = open()) {
            int next = text.read();
            while (next >= 0 && Character.isWhitespace(next)) {
                next = text.read();
            }
            return next;
        } catch (MalformedUtf8Exception _) {
            // Reported with its place by the complete reading.
            return 0;
        }
    }

    private Utf8Reader open() throws IOException {
        // The file is read more than once.
        SmallFiles.requireFile(file);
        return new Utf8Reader(Files.newInputStream(file));
    }

    /// Reads the file as JSON Lines. Returns false when its first line is only the beginning of a value.
    private boolean lines() throws IOException {
        try (TextLines lines = new TextLines(open(), MAX_LINE)) {
            String line = nextLine(lines);
            long number = lines.number();
            if (line != null && beginsDocument(line)) {
                return false;
            }
            String following = nextLine(lines);
            boolean single = following == null;
            while (line != null && more) {
                line(line, number, single);
                line = following;
                number = lines.number();
                following = line == null ? null : nextLine(lines);
            }
            return true;
        }
    }

    private static boolean beginsDocument(String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            JSON.readTree(parser);
            return false;
        } catch (JacksonException e) {
            return e.getOriginalMessage().startsWith("Unexpected end-of-input");
        }
    }

    /// Returns the next line that is not blank, or null.
    private @Nullable String nextLine(TextLines lines) throws IOException {
        while (true) {
            try {
                String line = lines.next();
                if (line == null || !line.isBlank()) {
                    return line;
                }
            } catch (MalformedUtf8Exception e) {
                problems.refuse(describe(e));
            } catch (TextLines.TooLongException e) {
                problems.refuse(String.format(Locale.ROOT, "%s, line %d: %s.", file, lines.number(), e.getMessage()));
            }
        }
    }

    private void line(String line, long number, boolean single) {
        try (JsonParser parser = JSON.createParser(line)) {
            try {
                JsonNode value = JSON.readTree(parser);
                if (parser.nextToken() != null) {
                    problems.refuse(String.format(Locale.ROOT, "%s:%d:%d: more text after the JSON.", file, number,
                            parser.currentTokenLocation().getColumnNr()));
                } else {
                    visit(new Place(file, "line", single && number == 1 ? 0 : number), value);
                }
            } catch (JacksonException e) {
                problems.refuse(describe(parser, e, number - 1));
            }
        }
    }

    private void document() throws IOException {
        try (JsonParser parser = JSON.createParser(open())) {
            try {
                if (parser.nextToken() == JsonToken.START_ARRAY) {
                    elements(parser);
                } else {
                    visit(new Place(file, "", 0), parser.readValueAsTree());
                }
                if (more && parser.nextToken() != null) {
                    problems.refuse(String.format(Locale.ROOT, "%s:%d:%d: more text after the JSON.", file,
                            parser.currentTokenLocation().getLineNr(), parser.currentTokenLocation().getColumnNr()));
                }
            } catch (JacksonException e) {
                problems.refuse(e.getCause() instanceof IOException cause
                        ? describe(cause)
                        : describe(parser, e, 0));
            }
        }
    }

    private void elements(JsonParser parser) {
        long number = 0;
        while (more && parser.nextToken() != JsonToken.END_ARRAY) {
            visit(new Place(file, "entry", ++number), parser.readValueAsTree());
        }
        if (number == 0) {
            problems.refuse(file + " holds no conversation.");
        }
    }

    private void visit(Place place, JsonNode value) {
        if (value instanceof ObjectNode object) {
            more = visitor.visit(place, object);
        } else {
            problems.refuse(place + ": this is not a JSON object.");
        }
    }

    private String describe(IOException e) {
        return switch (e) {
            case MalformedUtf8Exception bad -> String.format(Locale.ROOT, "%s:%d:%d: a byte that is not UTF-8.", file,
                    bad.line(), bad.column());
            default -> String.format(Locale.ROOT, "%s cannot be read: %s.", file, FileFailures.reason(e));
        };
    }

    /// @param linesBefore number of lines before the text of the parser
    private String describe(JsonParser parser, JacksonException e, long linesBefore) {
        // An exceeded limit has no place of its own.
        TokenStreamLocation at = e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? parser.currentLocation()
                : e.getLocation();
        String reason = e instanceof StreamConstraintsException
                ? "nested deeper or longer than is read here (" + LIMIT.matcher(e.getOriginalMessage()).replaceAll("")
                        + ")"
                : "not JSON: " + ParserMessages.withoutSource(e.getOriginalMessage());
        return String.format(Locale.ROOT, "%s:%d:%d: %s", file, linesBefore + at.getLineNr(), at.getColumnNr(), reason);
    }
}
