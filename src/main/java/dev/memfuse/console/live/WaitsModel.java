package dev.memfuse.console.live;

import java.time.Duration;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.pool.ConnectionPools;
import dev.memfuse.metrics.pool.ConnectionPools.Snapshot;
import dev.memfuse.metrics.pool.WaitKind;
import dev.memfuse.metrics.pool.WaitProfile;
import org.jspecify.annotations.Nullable;

/// Who waits where: samples the leases with the state of their backends while someone looks. FX thread only; the server
/// is asked off the FX thread, on a connection beside the pool.
final class WaitsModel {
    /// A sample opens a connection, which costs the server a process.
    private static final Duration PERIOD = Duration.ofSeconds(2);
    /// Two hours of samples, as the other charts keep.
    private static final int MAX_SAMPLES = 3_600;

    private final MetricsHub hub;
    private final TaskRunner tasks;
    private final WaitProfile profile = new WaitProfile();
    private final SampleRing course = new SampleRing(WaitKind.values().length, MAX_SAMPLES);
    private final ObservableList<WaitProfile.Row> rows = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper(this, "note", "Asking the server…");
    private @Nullable FxTicker ticker;
    private boolean asking;

    WaitsModel(MetricsHub hub, TaskRunner tasks) {
        this.hub = hub;
        this.tasks = tasks;
    }

    /// Starts sampling; starting twice has no effect.
    void start() {
        if (ticker == null) {
            // Older samples would be shown beside new ones as one minute.
            profile.clear();
            ticker = new FxTicker(PERIOD, FxThread.EXECUTOR, this::sample);
        }
    }

    /// Stops sampling; the rows stay.
    void stop() {
        if (ticker != null) {
            ticker.close();
            ticker = null;
        }
    }

    /// Takes a sample, unless the server has not answered the last one yet.
    void sample() {
        ConnectionPools pools = hub.connectionPools();
        if (pools.pools().isEmpty()) {
            profile.clear();
            rows.clear();
            note.set("The pool opens when the engine first uses the database.");
            return;
        }
        if (asking) {
            return;
        }
        asking = true;
        tasks.call("sample the waits", pools::snapshot).onSuccess(snapshot -> {
            asking = false;
            profile.add(snapshot);
            append(snapshot);
            rows.setAll(profile.rows());
            note.set(!snapshot.problem().isEmpty()
                    ? snapshot.problem()
                    : rows.isEmpty()
                            ? "No connection is in use. Operations that hold no connection have no row."
                            : "Mean number of connections over the last minute; " + samples() + ".");
        }).onFailure(e -> {
            asking = false;
            note.set(Sentences.of(e));
        }).start();
    }

    private void append(Snapshot snapshot) {
        long at = snapshot.at().toEpochMilli();
        // A clock that was set back has no place for it.
        if (course.size() == 0 || at > course.time(course.size() - 1)) {
            course.append(at, WaitKind.counts(snapshot).values().stream().mapToDouble(Integer::doubleValue).toArray());
        }
    }

    private String samples() {
        return profile.size() == 1 ? "1 sample" : profile.size() + " samples";
    }

    /// Returns the samples of the kinds of waits, in the order of [WaitKind], with gaps while nobody looked.
    SampleRing course() {
        return course;
    }

    /// Returns the places of connections, the most frequent first.
    ObservableList<WaitProfile.Row> rows() {
        return rows;
    }

    /// Returns what the rows are, or why there are none.
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }
}
