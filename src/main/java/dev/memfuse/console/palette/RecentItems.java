package dev.memfuse.console.palette;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.console.fx.Remembered;

/// Ids of the rows that were opened last, newest first; remembered over restarts. FX thread only.
final class RecentItems {
    private static final String KEPT = "palette.recent";
    private static final int LIMIT = 12;

    private final Remembered remembered;

    RecentItems(Remembered remembered) {
        this.remembered = remembered;
    }

    /// Returns the ids.
    List<String> ids() {
        return remembered.get(KEPT).map(kept -> kept.lines().toList()).orElse(List.of());
    }

    /// Puts an id in front.
    void opened(String id) {
        List<String> ids = new ArrayList<>(ids());
        ids.remove(id);
        ids.addFirst(id);
        remembered.put(KEPT, String.join("\n", ids.subList(0, Math.min(LIMIT, ids.size()))));
    }
}
