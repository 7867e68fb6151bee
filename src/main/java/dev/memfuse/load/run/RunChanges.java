package dev.memfuse.load.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import dev.memfuse.config.Tunables;

/// The changes of settings and load during a run.
record RunChanges(RunState state, RunContext context) {
    private record TimedChange(Instant at, String text) {}

    /// Returns the changes until now, oldest first, with their offset from the measured part's start.
    List<String> during(MeasuredSpan span) {
        List<TimedChange> all = new ArrayList<>();
        for (Tunables.Change change : context.tunables().history()) {
            change.keys().forEach(key -> all.add(new TimedChange(change.at(), key + " (" + change.cause() + ")")));
        }
        state.loadChanges().forEach(change -> all.add(new TimedChange(change.at(), change.text())));
        return all.stream().filter(change -> !change.at().isBefore(state.startedAt()))
                .sorted(Comparator.comparing(TimedChange::at))
                .map(change -> String.format(Locale.ROOT, "%+.1f s: %s",
                        Duration.between(span.startedAt(), change.at()).toMillis() / 1000.0, change.text()))
                .toList();
    }
}
