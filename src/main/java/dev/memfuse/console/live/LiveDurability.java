package dev.memfuse.console.live;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.section.Durability;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;

/// What an acknowledgement is worth at this moment, and what waits behind it, as text.
public final class LiveDurability {

    /// One figure each.
    public enum Item {
        ACKNOWLEDGED,
        BACKLOG,
        OLDEST,
        DRAIN,
        FORCE,
        EXTRACTION
    }

    private final Map<Item, ReadOnlyStringWrapper> texts = new EnumMap<>(Item.class);
    private final Map<Item, ReadOnlyBooleanWrapper> alarms = new EnumMap<>(Item.class);

    private int waiting;
    private int dead;

    LiveDurability() {
        for (Item item : Item.values()) {
            texts.put(item, new ReadOnlyStringWrapper(this, item.name(), Formats.NONE));
            alarms.put(item, new ReadOnlyBooleanWrapper(this, item.name(), false));
        }
    }

    /// The figure with its unit.
    public ReadOnlyStringProperty text(Item item) {
        return of(texts, item).getReadOnlyProperty();
    }

    /// Whether the figure asks for attention.
    public ReadOnlyBooleanProperty alarm(Item item) {
        return of(alarms, item).getReadOnlyProperty();
    }

    private static <T> T of(Map<Item, T> map, Item item) {
        T found = map.get(item);
        if (found == null) {
            throw new IllegalArgumentException("No figure " + item);
        }
        return found;
    }

    /// Shows a snapshot.
    ///
    /// @param settings in force, which decide what an acknowledgement is worth
    void show(MetricsSnapshot snapshot, BufferConfig settings) {
        boolean unsafe = !settings.bypassMode() && settings.durability() == Durability.MEMORY;
        set(Item.ACKNOWLEDGED, worth(settings), unsafe);
        JournalSample journal = snapshot.journal();
        boolean waits = journal.rounds() > 0;
        set(Item.BACKLOG,
                waits ? Formats.count(journal.rounds()) + " rounds, " + Formats.size(journal.bytes()) : "empty",
                journal.degraded() || journal.poisoned());
        set(Item.OLDEST, waits ? seconds(journal.oldestSeconds()) : Formats.NONE, false);
        boolean stands = waits && Double.isInfinite(journal.drainSeconds());
        set(Item.DRAIN, !waits ? Formats.NONE : stands ? "stands still" : seconds(journal.drainSeconds()), stands);
        set(Item.FORCE, journal.forceP99() == 0 ? Formats.NONE : Formats.nanosAsMillis(journal.forceP99()), false);
        waiting = snapshot.buffers().extraction();
        showExtraction();
    }

    /// Shows how many items extraction gave up.
    void gaveUp(int items) {
        dead = items;
        showExtraction();
    }

    private void showExtraction() {
        String text = waiting == 0 ? "nothing waits" : Formats.count(waiting) + " wait";
        set(Item.EXTRACTION, dead == 0 ? text : text + ", " + Formats.count(dead) + " given up", dead > 0);
    }

    private static String worth(BufferConfig settings) {
        if (settings.bypassMode()) {
            return "the commit";
        }
        return switch (settings.durability()) {
            case DATABASE -> "the commit";
            case JOURNAL -> "the journal";
            case MEMORY -> "memory (" + Durability.UNSAFE + ")";
        };
    }

    private static String seconds(double seconds) {
        return Formats.duration(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private void set(Item item, String text, boolean alarm) {
        of(texts, item).set(text);
        of(alarms, item).set(alarm);
    }
}
