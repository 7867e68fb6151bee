package dev.memfuse.cli.terminal;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import dev.memfuse.lab.effect.MeasuredEffect;
import dev.memfuse.load.recording.Figure;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingEntry;
import dev.memfuse.load.recording.SideBySide;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// Formats recordings: the list, one of them, and two side by side.
public final class RecordingTables {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
            .withZone(ZoneId.systemDefault());
    private static final int TEXT_COLUMNS = 6;
    private static final int KIB_BITS = 10;

    private RecordingTables() {}

    /// Returns the list: a line for each recording, and one for all together.
    public static List<String> list(List<RecordingEntry> entries) {
        TextTable table = new TextTable(TEXT_COLUMNS).row("id", "when", "verdict", "name", "tags", "", "size");
        for (RecordingEntry entry : entries) {
            switch (entry) {
                case RecordingEntry.Intact(Manifest manifest, long bytes) ->
                    table.row(manifest.id(), time(manifest.startedAt()), manifest.outcome(), manifest.name(),
                            String.join(" ", manifest.tags()), manifest.pinned() ? "pinned" : "", size(bytes));
                case RecordingEntry.Damaged(String id, String reason, long bytes, Instant at) ->
                    table.row(id, time(at), "damaged", reason, "", "", size(bytes));
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(Numbers.count(entries.size(), "recording") + ", "
                + size(entries.stream().mapToLong(RecordingEntry::bytes).sum()));
        return lines;
    }

    /// Returns the measured effects of settings, a line each.
    ///
    /// @param now time of now, for ages
    public static List<String> effects(Collection<MeasuredEffect> effects, Instant now) {
        TextTable table = new TextTable(TEXT_COLUMNS).row("setting", "change", "effect", "age", "holds", "recording");
        effects.stream().sorted(Comparator.comparing(MeasuredEffect::path)).forEach(
                effect -> table.row(effect.path(), effect.change(), effect.figure(), effect.age(now),
                        effect.validity().label().isEmpty() ? "yes" : effect.validity().label(), effect.recording()));
        return table.lines();
    }

    /// Returns one recording: what it is and its main figures.
    ///
    /// @param place its folder
    public static List<String> show(Manifest manifest, String place) {
        List<String> lines = new ArrayList<>();
        lines.add(manifest.name());
        lines.add(manifest.sentence());
        lines.add("");
        TextTable facts = new TextTable(2).row("id", manifest.id()).row("kind", manifest.kind().label())
                .row("from", time(manifest.startedAt())).row("to", time(manifest.endedAt()));
        if (manifest.kind().hasSeed()) {
            facts.row("seed", Long.toString(manifest.seed()));
        }
        facts.row("program", manifest.programVersion()).row("pinned", manifest.pinned() ? "yes" : "no");
        if (!manifest.tags().isEmpty()) {
            facts.row("tags", String.join(" ", manifest.tags()));
        }
        facts.row("folder", place);
        lines.addAll(facts.lines());
        if (!manifest.note().isEmpty()) {
            lines.add("");
            manifest.note().lines().forEach(lines::add);
        }
        lines.add("");
        TextTable figures = new TextTable(1).row("figure", "value");
        manifest.figures().forEach(figure -> figures.row(figure.title(), figure.text()));
        lines.addAll(figures.lines());
        return lines;
    }

    /// Returns two recordings side by side, with the sentence that they are not paired.
    public static List<String> sideBySide(SideBySide both) {
        List<String> lines = new ArrayList<>();
        lines.add(SideBySide.UNPAIRED);
        lines.add("");
        lines.add("A: " + both.a().id() + "  " + both.a().name());
        lines.add("   " + both.a().sentence());
        lines.add("B: " + both.b().id() + "  " + both.b().name());
        lines.add("   " + both.b().sentence());
        both.settings().forEach(change -> lines.add("   " + change));
        lines.add("");
        TextTable table = new TextTable(1).row("figure", "A", "B", "B/A");
        for (SideBySide.Row row : both.rows()) {
            table.row(row.title(), text(row.a()), text(row.b()),
                    row.ratio().isPresent() ? String.format(Locale.ROOT, "%.3f", row.ratio().getAsDouble()) : "–");
        }
        lines.addAll(table.lines());
        return lines;
    }

    private static String text(@Nullable Figure figure) {
        return figure == null ? "–" : figure.text();
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static String size(long bytes) {
        return Numbers.count(Math.max(1, bytes >> KIB_BITS)) + " KiB";
    }
}
