package dev.memfuse.load.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

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
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private JsonFile() {}

    /// Returns the value in a file. Blocks.
    ///
    /// @throws CorpusException when the file cannot be read or holds something else; names the file and the place
    static JsonNode read(Path file) {
        try {
            return parse(file, decode(file, Files.readAllBytes(file)));
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

    /// Decodes strictly: the usual decoder would replace a bad byte in silence.
    private static String decode(Path file, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            throw new CorpusException(String.format(Locale.ROOT, "%s:%s: a byte that is not UTF-8.", file, end(text)));
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.subSequence(1, text.length()).toString()
                : text.toString();
    }

    /// Returns line and column of the place behind a text.
    private static String end(CharSequence text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return line + ":" + column;
    }
}
