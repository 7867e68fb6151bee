package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every key has an effect: `key-effects.properties` names, for each, the test that changes it and sees what
/// happens. A key without such a test, or a test that no longer exists, fails here.
class KeyCoverageTest {

    static List<String> paths() {
        return ConfigSchema.keys().stream().map(ConfigKey::path).toList();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void theEffectOfEveryKeyIsProvedByATestThatExists(String path) throws IOException {
        String proof = effects().getProperty(path, "");
        String[] place = proof.split("#", 2);

        assertEquals(2, place.length, () -> path + " has no test of its effect in key-effects.properties");
        assertTrue(isTest(place[0], place[1]), () -> path + ": " + proof + " is not a test");
    }

    @Test
    void noEffectIsClaimedForAKeyThatDoesNotExist() throws IOException {
        var unknown = new TreeSet<>(effects().stringPropertyNames());
        paths().forEach(unknown::remove);

        assertEquals("", unknown.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static boolean isTest(String type, String method) {
        try {
            Class<?> tests = Class.forName(type, false, KeyCoverageTest.class.getClassLoader());
            return Arrays.stream(tests.getDeclaredMethods()).filter(candidate -> candidate.getName().equals(method))
                    .anyMatch(KeyCoverageTest::runsAsTest);
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    private static boolean runsAsTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }

    private static Properties effects() throws IOException {
        var effects = new Properties();
        try (InputStream file = KeyCoverageTest.class.getResourceAsStream("/key-effects.properties")) {
            effects.load(Objects.requireNonNull(file, "key-effects.properties"));
        }
        return effects;
    }
}
