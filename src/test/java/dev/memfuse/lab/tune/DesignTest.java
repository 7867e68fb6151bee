package dev.memfuse.lab.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigValidator;
import dev.memfuse.lab.trial.Guardrails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The candidates of a tuning.
class DesignTest {
    @TempDir
    Path folder;

    private MemFuseConfig profile(String name) {
        return new FileProfiles(folder).load(name);
    }

    private Design design(String start, List<String> kept) {
        Map<String, MemFuseConfig> profiles = new LinkedHashMap<>();
        List.of("optimized", "phase3", "phase2", "phase1").forEach(name -> profiles.put(name, profile(name)));
        return new Design(profile(start), profiles, kept);
    }

    @Test
    void theKnownProfilesComeFirstAndEveryCandidateIsValidAndDifferent() {
        List<Candidate> candidates = design("legacy", List.of()).candidates(40, 42);

        assertEquals(40, candidates.size());
        assertEquals("profile optimized", candidates.getFirst().origin());
        assertEquals(40, new HashSet<>(candidates.stream().map(Candidate::config).toList()).size());
        for (Candidate candidate : candidates) {
            assertTrue(ConfigValidator.problems(candidate.config()).isEmpty(), candidate.name());
            assertNotEquals(profile("legacy"), candidate.config());
        }
    }

    @Test
    void theSeedDecidesTheCandidates() {
        assertEquals(design("legacy", List.of()).candidates(20, 7), design("legacy", List.of()).candidates(20, 7));
        assertNotEquals(design("legacy", List.of()).candidates(20, 7), design("legacy", List.of()).candidates(20, 8));
    }

    @Test
    void noCandidateAcknowledgesLessSafelyThanTheStart() {
        for (String start : List.of("optimized", "phase1")) {
            for (Candidate candidate : design(start, List.of()).candidates(60, 1)) {
                assertEquals(2, Guardrails.safety(candidate.config()), candidate.name());
            }
        }
    }

    @Test
    void keptKeysAndSectionsStay() {
        MemFuseConfig start = profile("legacy");
        for (Candidate candidate : design("legacy", List.of("layers", "services.cache")).candidates(40, 3)) {
            ConfigDiff.between(start, candidate.config()).forEach(change -> assertFalse(
                    change.path().startsWith("layers.") || change.path().equals("services.cache"), change.toString()));
        }
    }

    @Test
    void answersAndDurabilityAreNotTraded() {
        assertTrue(SearchSpace.without(List.of()).dimensions().stream().map(Dimension::key)
                .noneMatch(key -> key.startsWith("retrieval.") || key.equals("buffer.durability")));
    }

    @Test
    void aLatinHypercubeHasOnePointInEachIntervalOfEachDimension() {
        double[][] cube = Design.latinHypercube(17, 5, new Random(4));

        for (int d = 0; d < 5; d++) {
            int dimension = d;
            assertEquals(17, Arrays.stream(cube).map(point -> (int) (point[dimension] * 17)).distinct().count());
        }
    }
}
