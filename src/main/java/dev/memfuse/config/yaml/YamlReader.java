package dev.memfuse.config.yaml;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.config.ConfigProblem.Position;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.Scalar;
import dev.memfuse.config.schema.Scalar.Shape;
import dev.memfuse.config.schema.SecretKeys;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Goes through one YAML text token by token and collects values and problems with their places. Binding to records
/// stops at the first problem and forgets the places; that is why this comes before it.
final class YamlReader {
    private static final YAMLFactory YAML = ConfigMapper.yaml();

    private final String file;
    private final YAMLParser parser;
    private final ParseResult findings;

    private YamlReader(String file, YAMLParser parser, ParseResult findings) {
        this.file = file;
        this.parser = parser;
        this.findings = findings;
    }

    /// Reads `text`.
    ///
    /// @param file name of the file, for the positions
    /// @param home section the file's keys belong to, unless the file itself names that section; empty for the root
    static void read(String file, String text, String home, ParseResult findings) {
        String section = home.isEmpty() || rootKeys(text).contains(home) ? "" : home;
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
            new YamlReader(file, (YAMLParser) parser, findings).document(section);
        } catch (JacksonException e) {
            findings.problem("", "not valid YAML: " + reason(e), place(file, e));
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
            return keys; // the walk itself reports what is wrong
        }
        return keys;
    }

    private void document(String section) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            findings.problem("", "the file is empty", new Position(file, 1, 1));
        } else if (first != JsonToken.START_OBJECT) {
            findings.problem("", "expected sections such as " + sectionNames("") + ", found " + scalar().described(),
                    position());
        } else {
            mapping(section);
            if (parser.nextToken() != null) {
                findings.problem("", "expected one document, found a second one", position());
            }
        }
    }

    private void mapping(String section) {
        Set<String> names = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            String path = section.isEmpty() ? name : section + "." + name;
            Position keyPosition = position();
            parser.nextToken();
            if (names.add(name)) {
                entry(path, name, keyPosition);
            } else {
                findings.problem(path, "stands twice in the same section", keyPosition);
                parser.skipChildren();
            }
        }
    }

    private void entry(String path, String name, Position keyPosition) {
        Optional<ConfigKey> key = ConfigSchema.find(path);
        if (key.isPresent() && parser.isCurrentAlias()) {
            findings.problem(path, "expected a value, found the alias *" + parser.getString(), position());
        } else if (key.isPresent()) {
            findings.value(key.get(), scalar(), position());
            parser.skipChildren();
        } else if (!ConfigSchema.isSection(path)) {
            findings.problem(path, unknown(path, name), keyPosition);
            parser.skipChildren();
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            mapping(path);
        } else {
            findings.problem(path, "expected a section with keys such as " + sectionNames(path) + ", found "
                    + scalar().described(), position());
            parser.skipChildren();
        }
    }

    private String unknown(String path, String name) {
        if (SecretKeys.isSecret(name)) {
            return SecretKeys.sentence(name);
        }
        boolean section = parser.currentToken() == JsonToken.START_OBJECT;
        return section ? "unknown section" + ConfigSchema.sectionHint(path) : "unknown key" + ConfigSchema.hint(path);
    }

    private Scalar scalar() {
        String text = parser.getString();
        Shape shape = switch (parser.currentToken()) {
            case VALUE_TRUE, VALUE_FALSE -> Shape.BOOLEAN;
            case VALUE_NUMBER_INT -> Shape.WHOLE;
            case VALUE_NUMBER_FLOAT -> Shape.DECIMAL;
            case VALUE_NULL -> Shape.NOTHING;
            case START_ARRAY -> Shape.LIST;
            case START_OBJECT -> Shape.SECTION;
            default -> Shape.TEXT;
        };
        return new Scalar(shape, text);
    }

    private Position position() {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new Position(file, location.getLineNr(), location.getColumnNr());
    }

    private static String sectionNames(String section) {
        return String.join(", ", ConfigSchema.namesIn(section));
    }

    private static String reason(JacksonException failure) {
        if (failure.getCause() instanceof MarkedYamlEngineException yaml) {
            @Nullable
            String context = yaml.getContext();
            return yaml.getProblem() + (context == null ? "" : " (" + context + beginning(yaml) + ")");
        }
        return failure.getOriginalMessage();
    }

    private static String beginning(MarkedYamlEngineException yaml) {
        return yaml.getContextMark().map(mark -> " that begins in line " + (mark.getLine() + 1)).orElse("");
    }

    /// Jackson's location is that of the token before; the parser below it knows the character.
    private static Position place(String file, JacksonException failure) {
        Optional<Mark> mark = failure.getCause() instanceof MarkedYamlEngineException yaml
                ? yaml.getProblemMark()
                : Optional.empty();
        return mark.map(at -> new Position(file, at.getLine() + 1, at.getColumn() + 1)).orElseGet(() -> {
            TokenStreamLocation location = failure.getLocation();
            return new Position(file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
        });
    }
}
