package dev.memfuse.config.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem.Position;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.Scalar;
import dev.memfuse.config.schema.Scalar.Shape;
import dev.memfuse.config.secret.SecretKeys;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads one YAML text token by token and collects values and problems with their positions. It runs before the text is
/// bound to records, because binding stops at the first problem and loses the positions.
final class YamlReader {
    private static final YAMLFactory YAML = ConfigMapper.yaml();
    private static final int MAX_NAME = 100;
    private static final Pattern WORD = Pattern.compile("[^\\s,]+");

    private final String file;
    private final YAMLParser parser;
    private final ParseResult result;

    private YamlReader(String file, YAMLParser parser, ParseResult result) {
        this.file = file;
        this.parser = parser;
        this.result = result;
    }

    /// Reads `text`.
    ///
    /// @param file name of the file, for the positions
    /// @param section section of the file's keys, unless the file names that section itself; empty for the root
    static void read(String file, String text, String section, ParseResult result) {
        String root = section.isEmpty() || rootKeys(text).contains(section) ? "" : section;
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
            try {
                new YamlReader(file, (YAMLParser) parser, result).readDocument(root);
            } catch (JacksonException e) {
                result.addProblem("", YamlFailures.reason(e), YamlFailures.position(file, text, parser, e));
            }
        }
    }

    private static Set<String> rootKeys(String text) {
        var keys = new HashSet<String>();
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    keys.add(parser.currentName());
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
        } catch (JacksonException _) {
            return keys; // read() reports the error
        }
        return keys;
    }

    private void readDocument(String section) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            result.addProblem("", "the file is empty", new Position(file, 1, 1));
        } else if (first != JsonToken.START_OBJECT) {
            result.addProblem("", "expected sections such as " + sectionNames("") + ", found " + scalar().describe(),
                    position());
        } else {
            readSection(section);
            if (parser.nextToken() != null) {
                result.addProblem("", "expected one document, found a second one", position());
            }
        }
    }

    private void readSection(String section) {
        Set<String> names = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            String shown = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
            String path = section.isEmpty() ? shown : section + "." + shown;
            Position keyPosition = position();
            parser.nextToken();
            if (names.add(name)) {
                readEntry(path, name, keyPosition);
            } else {
                result.addProblem(path, "set twice in the same section", keyPosition);
                parser.skipChildren();
            }
        }
    }

    private void readEntry(String path, String name, Position keyPosition) {
        Optional<ConfigKey> key = ConfigSchema.find(path);
        if (key.isPresent() && parser.isCurrentAlias()) {
            result.addProblem(path, "expected a value, found the alias *" + parser.getString(), position());
        } else if (key.isPresent() && key.get().range().listed() && parser.currentToken() == JsonToken.START_ARRAY) {
            readWords(key.get());
        } else if (key.isPresent()) {
            result.addValue(key.get(), scalar(), position());
            parser.skipChildren();
        } else if (!ConfigSchema.isSection(path)) {
            result.addProblem(path, unknownProblem(path, name), keyPosition);
            parser.skipChildren();
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            readSection(path);
        } else {
            String found = parser.isCurrentAlias() ? "the alias *" + parser.getString() : scalar().describe();
            result.addProblem(path, "expected a section with keys such as " + sectionNames(path) + ", found " + found,
                    position());
            parser.skipChildren();
        }
    }

    /// Reads a list of words as the text of its key.
    private void readWords(ConfigKey key) {
        Position start = position();
        List<String> words = new ArrayList<>();
        boolean sound = true;
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            Scalar word = scalar();
            boolean alias = parser.isCurrentAlias();
            if (word.shape() == Shape.TEXT && !alias && WORD.matcher(word.text()).matches()) {
                words.add(word.text());
            } else {
                sound = false;
                result.addProblem(key.path(), "expected a list of words without blanks and commas, found "
                        + (alias ? "the alias *" + word.text() : word.describe()), position());
                parser.skipChildren();
            }
        }
        if (sound) {
            result.addValue(key, new Scalar(Shape.TEXT, String.join(" ", words)), start);
        }
    }

    private String unknownProblem(String path, String name) {
        if (SecretKeys.isSecret(name)) {
            return SecretKeys.problem(name);
        }
        boolean section = parser.currentToken() == JsonToken.START_OBJECT;
        String problem = section ? "unknown section" : "unknown key";
        if (result.problems().size() >= ConfigException.SHOWN || name.length() > MAX_NAME) {
            return problem; // a suggestion compares with every key
        }
        return section ? problem + ConfigSchema.sectionSuggestion(path) : ConfigSchema.unknown(path);
    }

    private Scalar scalar() {
        String text = parser.getString();
        Shape shape = switch (parser.currentToken()) {
            case VALUE_TRUE, VALUE_FALSE -> Shape.BOOLEAN;
            case VALUE_NUMBER_INT -> Shape.INTEGER;
            case VALUE_NUMBER_FLOAT -> Shape.DECIMAL;
            case VALUE_NULL -> Shape.NULL;
            case START_ARRAY -> Shape.LIST;
            case START_OBJECT -> Shape.SECTION;
            // YAML's other word for null, which the parser takes for a text.
            default -> "~".equals(text) ? Shape.NULL : Shape.TEXT;
        };
        return new Scalar(shape, text);
    }

    private Position position() {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new Position(file, location.getLineNr(), location.getColumnNr());
    }

    private static String sectionNames(String section) {
        return ConfigSchema.exampleNames(section);
    }
}
