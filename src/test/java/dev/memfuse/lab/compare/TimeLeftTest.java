package dev.memfuse.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.Arms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeLeftTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @TempDir
    private Path folder;

    private ComparisonPlan plan() {
        Arm arm = new Arms(new FileProfiles(folder), new ConfigLoader().load()).arm(Optional.empty(), List.of());
        return new ComparisonPlan(arm, arm, StandardBlock.workload(), true, Metric.parse(StandardBlock.PRIMARY), 10,
                false, ComparisonPlan.MARGIN, 0);
    }

    @Test
    void isThePlannedTimeUntilThePairsTellTheirs() {
        assertEquals(plan().planned().minusSeconds(5), TimeLeft.START.of(plan(), 5 * SECOND));
        assertEquals(Duration.ofSeconds(160), new TimeLeft(2, 40 * SECOND).of(plan(), 40 * SECOND));
    }

    @Test
    void fallsWithinAPairAndNeverBelowZero() {
        TimeLeft afterTwo = new TimeLeft(2, 40 * SECOND);

        assertEquals(Duration.ofSeconds(150), afterTwo.of(plan(), 50 * SECOND));
        assertEquals(Duration.ofSeconds(141), afterTwo.of(plan(), 59 * SECOND));
        assertEquals(Duration.ZERO, afterTwo.of(plan(), 5_000 * SECOND));
    }
}
