package dev.memfuse.console.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.memfuse.console.fx.Remembered;
import org.jspecify.annotations.Nullable;

/// Which charts of the Live page are shown, and in which order: all, all but the hidden ones, or one alone. Kept over
/// restarts. At least one chart is shown. FX thread only.
final class ChartArrangement {
    private static final String ORDER = "live.charts.order";
    private static final String HIDDEN = "live.charts.hidden";
    private static final String ALONE = "live.charts.alone";
    private static final String SEPARATOR = ",";

    private final List<String> usual;
    private final Remembered remembered;
    private final List<String> order = new ArrayList<>();
    private final Set<String> hidden = new LinkedHashSet<>();
    private @Nullable String alone;
    private Runnable changed = () -> {};

    /// @param usual names of the charts in their usual order
    /// @param remembered has the choices of an earlier start; names of other charts are ignored
    ChartArrangement(List<String> usual, Remembered remembered) {
        this.usual = List.copyOf(usual);
        this.remembered = remembered;
        order.addAll(kept(ORDER));
        for (String chart : usual) {
            if (!order.contains(chart)) {
                order.add(chart);
            }
        }
        List<String> away = kept(HIDDEN);
        if (away.size() < usual.size()) {
            hidden.addAll(away);
        }
        alone = kept(ALONE).stream().findFirst().orElse(null);
    }

    private List<String> kept(String name) {
        return remembered.get(name).stream().flatMap(text -> Arrays.stream(text.split(SEPARATOR)))
                .filter(usual::contains).distinct().toList();
    }

    /// Calls `listener` after each change.
    void onChange(Runnable listener) {
        changed = listener;
    }

    /// Returns the charts that are shown, in their order.
    List<String> shown() {
        String enlarged = alone;
        return enlarged == null ? unhidden() : List.of(enlarged);
    }

    private List<String> unhidden() {
        return order.stream().filter(chart -> !hidden.contains(chart)).toList();
    }

    /// Returns whether one chart is shown alone.
    boolean enlarged() {
        return alone != null;
    }

    /// Returns the number of hidden charts.
    int hidden() {
        return hidden.size();
    }

    /// Returns whether all charts are shown in their usual order.
    boolean isUsual() {
        return shown().equals(usual);
    }

    /// Shows one chart alone.
    void enlarge(String chart) {
        alone = chart;
        keep();
    }

    /// Shows the other charts again.
    void restore() {
        alone = null;
        keep();
    }

    /// Makes a chart visible that is hidden or behind an enlarged one.
    void reveal(String chart) {
        if (!shown().contains(chart)) {
            alone = null;
            hidden.remove(chart);
            keep();
        }
    }

    /// Returns whether another chart remains when this one is hidden.
    boolean mayHide(String chart) {
        return alone == null && unhidden().stream().anyMatch(other -> !other.equals(chart));
    }

    /// Hides a chart, unless it is the only one.
    void hide(String chart) {
        if (mayHide(chart)) {
            hidden.add(chart);
            keep();
        }
    }

    /// Shows the hidden charts again.
    void showHidden() {
        hidden.clear();
        keep();
    }

    /// Returns whether a chart has another place in a direction.
    ///
    /// @param step -1 for the place before, 1 for the place after
    boolean mayMove(String chart, int step) {
        int place = unhidden().indexOf(chart) + step;
        return alone == null && place >= 0 && place < unhidden().size();
    }

    /// Exchanges a chart with its shown neighbour.
    ///
    /// @param step -1 for the place before, 1 for the place after
    void move(String chart, int step) {
        if (mayMove(chart, step)) {
            String neighbour = unhidden().get(unhidden().indexOf(chart) + step);
            int here = order.indexOf(chart);
            order.set(order.indexOf(neighbour), chart);
            order.set(here, neighbour);
            keep();
        }
    }

    /// Shows all charts in their usual order.
    void reset() {
        order.clear();
        order.addAll(usual);
        hidden.clear();
        alone = null;
        keep();
    }

    private void keep() {
        put(ORDER, order.equals(usual) ? List.of() : order);
        put(HIDDEN, hidden);
        put(ALONE, alone == null ? List.of() : List.of(alone));
        changed.run();
    }

    private void put(String name, Collection<String> charts) {
        if (charts.isEmpty()) {
            remembered.remove(name);
        } else {
            remembered.put(name, String.join(SEPARATOR, charts));
        }
    }
}
