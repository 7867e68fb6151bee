package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.postgres.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Lists what a key of the configuration needs, and checks that every key has it:
///
/// 1. a component in a section record,
/// 2. a row in [ConfigKeys], with a unique title, a group, a description, a unit for a number, and risks only of values
///    that exist,
/// 3. a default in `defaults.yaml`,
/// 4. the code of its effect, and
/// 5. an entry in `key-effects.properties` that names the test of that effect.
///
/// The section `postgres.server` has free names instead: a row for each setting of the server, no default, and one
/// test of its effect.
///
/// A path that occurs in one of the four lists and is missing in another fails here with the list of what is missing.
class KeyCoverageTest {
    private static final String COMPONENT = "a component in a section record";
    private static final String ROW = "a row in ConfigKeys";
    private static final String DEFAULT = "a default in defaults.yaml";
    private static final String EFFECT = "a test of its effect in key-effects.properties";

    private static final Set<String> COMPONENTS = components("", MemFuseConfig.class).collect(Collectors.toSet());
    private static final Set<String> DEFAULTS = defaults();
    private static final Properties EFFECTS = effects("/key-effects.properties");
    private static final Properties FREE_EFFECTS = effects("/section-effects.properties");

    /// Every path that occurs anywhere, so that a leftover in one place fails like a gap.
    static Set<String> paths() {
        var paths = new TreeSet<>(COMPONENTS);
        ConfigSchema.keys().forEach(key -> paths.add(key.path()));
        paths.addAll(DEFAULTS);
        paths.addAll(EFFECTS.stringPropertyNames());
        return paths;
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyKeyHasEverythingItNeeds(String path) {
        assertEquals(List.of(), missing(path), path);
    }

    @Test
    void theSectionWithFreeNamesHasWordsForEachNameAndATestOfItsEffect() {
        assertTrue(isTest(FREE_EFFECTS.getProperty(ServerKeys.SECTION, "")));
        assertEquals(List.of(), ServerSettings.names().stream().map(ServerKeys::path).map(ConfigSchema::require)
                .flatMap(key -> missingWords(key).stream()).toList());
    }

    @Test
    void aKeyThatDoesNotExistLacksAllOfIt() {
        assertEquals(List.of(COMPONENT, ROW, DEFAULT, EFFECT), missing("postgres.no_such_key"));
    }

    @Test
    void anIncompleteRowLacksItsWordsAndItsUnit() {
        var key = new ConfigKey("a.b", " ", "A", ConfigGroup.POOL, ValueRange.integers(1, 2, ""), true, "No full stop",
                "", Map.of("3", "risk of a value that does not exist"));

        assertEquals(List.of("a title", "a description that is a sentence", "a unit", "the value of a risk: 3"),
                missingWords(key));
    }

    private static List<String> missing(String path) {
        var missing = new ArrayList<String>();
        if (!COMPONENTS.contains(path)) {
            missing.add(COMPONENT);
        }
        ConfigSchema.find(path).ifPresentOrElse(key -> missing.addAll(missingWords(key)), () -> missing.add(ROW));
        if (!DEFAULTS.contains(path)) {
            missing.add(DEFAULT);
        }
        if (!isTest(EFFECTS.getProperty(path, ""))) {
            missing.add(EFFECT);
        }
        return missing;
    }

    private static List<String> missingWords(ConfigKey key) {
        var missing = new ArrayList<String>();
        if (key.title().isBlank()) {
            missing.add("a title");
        }
        if (ConfigSchema.keys().stream().filter(other -> other.title().equals(key.title())).count() > 1) {
            missing.add("a unique title: " + key.title());
        }
        if (!key.description().endsWith(".")) {
            missing.add("a description that is a sentence");
        }
        if (!key.planExpectation().isEmpty() && !key.planExpectation().endsWith(".")) {
            missing.add("an expectation of the plan that is a sentence");
        }
        boolean counts = key.range().type() == ValueType.INTEGER || key.range().type() == ValueType.SECONDS;
        if (counts == key.range().unit().isBlank()) {
            missing.add(counts ? "a unit" : "a number for its unit");
        }
        key.risks().keySet().stream().filter(value -> !key.range().choices().contains(value))
                .forEach(value -> missing.add("the value of a risk: " + value));
        return missing;
    }

    private static Stream<String> components(String path, Class<?> type) {
        if (type == Map.class) {
            return Stream.of();
        }
        if (!type.isRecord()) {
            return Stream.of(path);
        }
        String prefix = path.isEmpty() ? "" : path + ".";
        return Stream.of(type.getRecordComponents()).flatMap(component -> components(prefix + yamlName(component),
                component.getType()));
    }

    private static String yamlName(RecordComponent component) {
        return RecordAccess.snakeCase(component.getName());
    }

    private static Set<String> defaults() {
        try (InputStream file = KeyCoverageTest.class.getResourceAsStream("/defaults.yaml")) {
            return leaves("", new YAMLMapper().readTree(file)).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<String> leaves(String path, JsonNode node) {
        String prefix = path.isEmpty() ? "" : path + ".";
        return node.isObject()
                ? node.propertyStream().flatMap(child -> leaves(prefix + child.getKey(), child.getValue()))
                : Stream.of(path);
    }

    private static Properties effects(String name) {
        var effects = new Properties();
        try (InputStream file = KeyCoverageTest.class.getResourceAsStream(name)) {
            effects.load(Objects.requireNonNull(file, name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return effects;
    }

    private static boolean isTest(String effect) {
        String[] names = effect.split("#", 2);
        try {
            return names.length == 2 && Arrays.stream(Class.forName(names[0], false,
                    KeyCoverageTest.class.getClassLoader()).getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals(names[1]) && runsAsTest(method));
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    private static boolean runsAsTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }
}
