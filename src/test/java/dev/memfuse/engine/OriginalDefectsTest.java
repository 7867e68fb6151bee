package dev.memfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every known defect of the original has an existing test, or a reason why the engine cannot have it:
/// `original-defects.properties`.
class OriginalDefectsTest {
    private static final int DEFECTS = 50;
    private static final List<Class<? extends Annotation>> RUNS = List.of(Test.class, ParameterizedTest.class,
            RepeatedTest.class);
    private static final Properties PROOFS = new Properties();

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                OriginalDefectsTest.class.getResourceAsStream("/original-defects.properties"))) {
            PROOFS.load(in);
        }
    }

    static IntStream defects() {
        return IntStream.rangeClosed(1, DEFECTS);
    }

    @ParameterizedTest
    @MethodSource("defects")
    void everyDefectHasATestThatExistsOrAReason(int defect) {
        String proof = PROOFS.getProperty(Integer.toString(defect), "");

        assertTrue(proof.matches("- .{20,}") || isTest(proof), defect + ": " + proof);
    }

    @Test
    void nothingElseIsListed() {
        assertEquals(DEFECTS, PROOFS.size());
    }

    private static boolean isTest(String proof) {
        String[] place = proof.split("#", 2);
        try {
            Class<?> tests = Class.forName("dev.memfuse." + place[0], false,
                    OriginalDefectsTest.class.getClassLoader());
            return Arrays.stream(tests.getDeclaredMethods()).filter(method -> method.getName().equals(place[1]))
                    .anyMatch(method -> RUNS.stream().anyMatch(method::isAnnotationPresent));
        } catch (ClassNotFoundException _) {
            return false;
        }
    }
}
