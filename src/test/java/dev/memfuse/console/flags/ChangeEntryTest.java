package dev.memfuse.console.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.console.Fakes;
import org.junit.jupiter.api.Test;

class ChangeEntryTest {
    private final LiveTunables tunables = Fakes.tunables();

    private void set(Tunables.Run run, String cause, String key, Object value) {
        tunables.applyForATime(run, cause, now -> ConfigValues.with(now, key, value));
    }

    private List<ChangeEntry> entries() {
        return ChangeEntry.of(tunables.history());
    }

    private void compare(int pairs) {
        Tunables.Run run = new Tunables.Run("comparison");
        for (int pair = 0; pair < pairs; pair++) {
            set(run, "comparison, arm B", "buffer.bypass_mode", false);
            set(run, "comparison, arm A", "buffer.bypass_mode", true);
        }
    }

    @Test
    void theChangesOfOneRunAreOneEntryAndThoseOfTheNextAnother() {
        tunables.apply("Flags page", now -> ConfigValues.with(now, "postgres.pool_size", 12));
        compare(3);
        compare(2);

        assertEquals(List.of(4, 6, 1), entries().stream().map(entry -> entry.changes().size()).toList());
        String title = entries().getFirst().title();
        assertTrue(title.matches("comparison: 4 changes until \\d\\d:\\d\\d:\\d\\d"), title);
        assertEquals("Flags page", entries().getLast().title());
        assertEquals(List.of(new ChangeEntry.Course("buffer.bypass_mode", "true  →  false  →  true")),
                entries().getFirst().courses());
        assertEquals(List.of(new ChangeEntry.Course("postgres.pool_size", "10  →  12")),
                entries().getLast().courses());
    }

    @Test
    void aChangeByHandDuringARunIsAnEntryOfItsOwn() {
        Tunables.Run run = new Tunables.Run("comparison");
        set(run, "comparison, arm B", "buffer.bypass_mode", false);
        tunables.apply("Flags page", now -> ConfigValues.with(now, "postgres.pool_size", 12));
        set(run, "comparison ended", "buffer.bypass_mode", true);

        assertEquals(List.of(2, 1), entries().stream().map(entry -> entry.changes().size()).toList());
    }

    @Test
    void theValuesOfALongSweepAreCounted() {
        Tunables.Run run = new Tunables.Run("sweep");
        for (int size = 11; size <= 25; size++) {
            set(run, "sweep, " + size, "postgres.pool_size", size);
        }
        set(run, "sweep ended", "postgres.pool_size", 10);

        assertEquals("10  →  11, 12, 13, 14, 15, 16, 17 and 8 more  →  10",
                entries().getFirst().courses().getFirst().values());
    }
}
