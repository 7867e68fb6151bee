package dev.memfuse.config.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.ConfigProblem.Position;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.MalformedUtf8Exception;
import dev.memfuse.file.Utf8;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads a YAML text as nodes with positions, as strictly as the configuration: one document, no key twice, no alias.
public final class YamlDocument {
    private static final YAMLFactory YAML = ConfigMapper.yaml();
    private static final long MAX_FILE_BYTES = 10_000_000;

    private final String file;
    private final YAMLParser parser;

    private YamlDocument(String file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /// Reads a file. Blocks.
    ///
    /// @throws ConfigException when it cannot be read or is not valid
    public static YamlNode.Section read(Path file) {
        try {
            if (!Files.exists(file)) {
                throw refused("the file " + file + " does not exist");
            }
            if (Files.isDirectory(file)) {
                throw refused(file + " is a folder, not a file");
            }
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw refused("the file " + file + " is larger than 10 MB");
            }
            return parse(file.toString(), Utf8.decode(Files.readAllBytes(file)));
        } catch (MalformedUtf8Exception e) {
            throw refused("a byte that is not UTF-8", new Position(file.toString(), e.line(), e.column()));
        } catch (IOException e) {
            throw refused("the file " + file + " cannot be read: " + FileFailures.clause(e));
        }
    }

    /// Parses a text.
    ///
    /// @param file name of the text in the positions
    /// @throws ConfigException when it is not valid, or not a section
    public static YamlNode.Section parse(String file, String text) {
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
            try {
                return new YamlDocument(file, (YAMLParser) parser).document();
            } catch (JacksonException e) {
                throw refused(YamlFailures.reason(e), YamlFailures.position(file, text, parser, e));
            }
        }
    }

    private static ConfigException refused(String problem) {
        return new ConfigException(List.of(new ConfigProblem("", problem, Optional.empty())));
    }

    private static ConfigException refused(String problem, Position position) {
        return new ConfigException(List.of(new ConfigProblem("", problem, Optional.of(position))));
    }

    private YamlNode.Section document() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw refused("the file is empty", new Position(file, 1, 1));
        }
        if (first != JsonToken.START_OBJECT) {
            throw refused("expected keys with values", position());
        }
        YamlNode.Section root = section();
        if (parser.nextToken() != null) {
            throw refused("expected one document, found a second one", position());
        }
        return root;
    }

    private YamlNode.Section section() {
        Position start = position();
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        Map<String, Position> keys = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            Position at = position();
            parser.nextToken();
            if (keys.put(name, at) != null) {
                throw refused("'" + name + "' is set twice in the same section", at);
            }
            entries.put(name, value());
        }
        return new YamlNode.Section(entries, keys, start);
    }

    private YamlNode value() {
        if (parser.isCurrentAlias()) {
            throw refused("expected a value, found the alias *" + parser.getString(), position());
        }
        Position at = position();
        return switch (parser.currentToken()) {
            case START_OBJECT -> section();
            case START_ARRAY -> {
                List<YamlNode> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value());
                }
                yield new YamlNode.Sequence(List.copyOf(items), at);
            }
            case VALUE_NULL -> new YamlNode.Scalar("", at);
            // YAML's other word for null, which the parser takes for a text.
            default -> new YamlNode.Scalar("~".equals(parser.getString()) ? "" : parser.getString(), at);
        };
    }

    private Position position() {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new Position(file, location.getLineNr(), location.getColumnNr());
    }
}
