package dev.memfuse.load.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.memfuse.file.MalformedUtf8Exception;
import dev.memfuse.file.Utf8;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a file with one JSON value in UTF-8, with or without a byte order mark. Refuses a key that an object has
/// twice, since one of its values would be lost.
final class JsonFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Checked here, with a sentence for the user.
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    /// The name of the limit in the library, which says nothing to the user.
    private static final Pattern LIMIT = Pattern.compile(", from `[^`]*`");

    private JsonFile() {}

    /// Returns the value in a file. Blocks.
    ///
    /// @throws CorpusException when the file cannot be read or holds something else; names the file and the place
    static JsonNode read(Path file) {
        try {
            return parse(file, Utf8.decode(Files.readAllBytes(file)));
        } catch (MalformedUtf8Exception e) {
            throw new CorpusException(String.format(Locale.ROOT, "%s:%d:%d: a byte that is not UTF-8.", file, e.line(),
                    e.column()), e);
        } catch (IOException e) {
            throw new CorpusException(String.format(Locale.ROOT, "%s cannot be read: %s", file, e), e);
        }
    }

    private static JsonNode parse(Path file, String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            try {
                JsonNode value = JSON.readTree(parser);
                if (value == null || value.isMissingNode()) {
                    throw new CorpusException(file + " is empty; expected JSON.");
                }
                if (parser.nextToken() != null) {
                    throw new CorpusException(String.format(Locale.ROOT, "%s:%d:%d: more text after the JSON.", file,
                            parser.currentTokenLocation().getLineNr(), parser.currentTokenLocation().getColumnNr()));
                }
                return value;
            } catch (JacksonException e) {
                throw new CorpusException(describe(file, parser, e), e);
            }
        }
    }

    private static String describe(Path file, JsonParser parser, JacksonException e) {
        // An exceeded limit has no place of its own.
        TokenStreamLocation at = e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? parser.currentLocation()
                : e.getLocation();
        String reason = e instanceof StreamConstraintsException
                ? "nested deeper or longer than is read here (" + LIMIT.matcher(e.getOriginalMessage()).replaceAll("")
                        + ")"
                : "not JSON: " + e.getOriginalMessage();
        return String.format(Locale.ROOT, "%s:%d:%d: %s", file, at.getLineNr(), at.getColumnNr(), reason);
    }
}
