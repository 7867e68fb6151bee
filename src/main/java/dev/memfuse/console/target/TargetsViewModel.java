package dev.memfuse.console.target;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.chart.ChartSpec;
import dev.memfuse.console.chart.TimeWindow;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.target.Credentials;
import dev.memfuse.target.JvmReading;
import dev.memfuse.target.PollCost;
import dev.memfuse.target.PoolFigures;
import dev.memfuse.target.Target;
import dev.memfuse.target.TargetAddress;
import dev.memfuse.target.TargetSample;
import dev.memfuse.target.TargetSession;
import dev.memfuse.target.TargetState;
import dev.memfuse.target.Targets;
import org.jspecify.annotations.Nullable;

/// View model of the connection to one target and of its figures. FX thread only.
final class TargetsViewModel {
    private static final Duration SHOWN = Duration.ofMinutes(2);
    private static final String ADDRESS = "targets.address";

    private final Targets targets;
    private final Clock clock;
    private final Remembered remembered;
    private final StringProperty address = new SimpleStringProperty("");
    private final StringProperty user = new SimpleStringProperty("");
    private final StringProperty password = new SimpleStringProperty("");
    private final BooleanProperty ssl = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable TargetSession> session = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<TargetState> connection = new ReadOnlyObjectWrapper<>(
            new TargetState.Closed());
    private final ReadOnlyObjectWrapper<PageState> state = new ReadOnlyObjectWrapper<>(PageState.READY);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper figures = new ReadOnlyStringWrapper("");
    private final ObservableList<PoolRow> pools = FXCollections.observableArrayList();
    private final ObservableList<EventMark> events = FXCollections.observableArrayList();
    private final StringProperty chosen = new SimpleStringProperty("");
    private final TargetFeed feed = new TargetFeed();
    private final TimeWindow window;
    private JvmReading shown = JvmReading.NONE;
    private long known;

    TargetsViewModel(Targets targets, Clock clock, Remembered remembered) {
        this.targets = targets;
        this.clock = clock;
        window = new TimeWindow(SHOWN, clock.millis());
        this.remembered = remembered;
        remembered.get(ADDRESS).ifPresent(address::set);
        chosen.subscribe(_ -> refill());
        // The problem of an address is one of the text that it was found in.
        address.subscribe(() -> problem.set(""));
        user.subscribe(() -> problem.set(""));
        password.subscribe(() -> problem.set(""));
    }

    /// Connects to the address of the form; [#problemProperty] says what is wrong with it.
    void connect() {
        if (user.get().isBlank() && !password.get().isEmpty()) {
            problem.set("The password belongs to a user: type the user too, or remove the password.");
            return;
        }
        Optional<Credentials> credentials = user.get().isBlank()
                ? Optional.empty()
                : Optional.of(new Credentials(user.get().strip(), password.get()));
        try {
            Target target = new Target(TargetAddress.parse(address.get()), credentials, ssl.get());
            // Not while it is typed: what is typed by mistake may be a password.
            remembered.put(ADDRESS, address.get().strip());
            // In memory it stays with the session alone.
            password.set("");
            connect(target);
        } catch (IllegalArgumentException e) {
            problem.set(String.valueOf(e.getMessage()));
        }
    }

    /// Connects to a JVM of this machine.
    void connect(long pid) {
        address.set(Long.toString(pid));
        connect(new Target(new TargetAddress.Local(pid)));
    }

    private void connect(Target target) {
        disconnect();
        session.set(targets.connect(target));
        window.begin(clock.millis());
        window.reset();
        refresh();
    }

    /// Ends the session and shows the list again.
    void disconnect() {
        TargetSession open = session.get();
        if (open != null) {
            open.close();
        }
        problem.set("");
        session.set(null);
        pools.clear();
        events.clear();
        chosen.set("");
        known = 0;
        shown = JvmReading.NONE;
        figures.set("");
        feed.clear(List.of(), "");
        connection.set(new TargetState.Closed());
        state.set(PageState.READY);
    }

    /// Takes what the session has now.
    ///
    /// @return whether there are new samples or marks, so that the charts are due
    boolean refresh() {
        TargetSession open = session.get();
        if (open == null) {
            return false;
        }
        connection.set(open.state());
        List<TargetSample> samples = open.samplesAfter(known);
        boolean first = known == 0;
        if (!samples.isEmpty()) {
            known = samples.getLast().sequence();
            showPools(samples);
            if (!first || chosen.get().isEmpty()) {
                samples.forEach(feed::accept);
            }
            showFigures(samples.getLast().jvm(), open.cost());
        }
        List<EventMark> marks = open.marks();
        if (!marks.equals(events.reversed())) {
            events.setAll(marks.reversed());
        }
        title.set(title(open));
        state.set(state(open, connection.get()));
        window.newest(clock.millis());
        return !samples.isEmpty();
    }

    private void showPools(List<TargetSample> samples) {
        List<PoolFigures> now = PoolFigures.of(samples);
        List<String> names = samples.getLast().pools().stream().map(pool -> pool.name()).toList();
        if (!pools.stream().map(PoolRow::name).toList().equals(names)) {
            pools.setAll(now.stream().filter(found -> names.contains(found.pool())).map(PoolRow::new).toList());
            if (!names.contains(chosen.get())) {
                chosen.set(names.isEmpty() ? "" : names.getFirst());
            } else {
                refill();
            }
            return;
        }
        for (PoolFigures found : now) {
            pools.stream().filter(row -> row.name().equals(found.pool()))
                    .forEach(row -> row.figuresProperty().set(found));
        }
    }

    /// Fills the charts again, for other pools.
    private void refill() {
        TargetSession open = session.get();
        if (open != null) {
            feed.clear(pools.stream().map(PoolRow::name).limit(ChartSpec.MAX_SERIES).toList(), chosen.get());
            open.samplesAfter(0).stream().filter(sample -> sample.sequence() <= known).forEach(feed::accept);
        }
    }

    /// Shows heap, processors and cost once a second, as often as heap and processors are read.
    private void showFigures(JvmReading jvm, PollCost cost) {
        if (jvm.equals(shown)) {
            return;
        }
        shown = jvm;
        figures.set("Heap " + Formats.size(jvm.heapUsed())
                + (jvm.heapMax() < 0 ? "" : " of " + Formats.size(jvm.heapMax())) + ", processors "
                + (Double.isNaN(jvm.processor()) ? Formats.NONE : Formats.percent(jvm.processor()))
                + ". Polling: " + cost.perSecond() + " times and " + cost.roundTrips() + " calls a second, "
                + Formats.nanosAsMillis(cost.p50Nanos()) + " each (p99 " + Formats.nanosAsMillis(cost.p99Nanos())
                + ").");
    }

    private static String title(TargetSession open) {
        return switch (open.state()) {
            case TargetState.Connecting _ -> "Connecting to " + open.target().address();
            case TargetState.Connected now -> now.jvm().label() + ", " + now.jvm().version() + ", connected since "
                    + Formats.timeOfDay(now.since());
            case TargetState.Lost now -> now.jvm().label() + " is away since " + Formats.timeOfDay(now.since());
            case TargetState.Refused _ -> "Not connected to " + open.target().address();
            case TargetState.Closed _ -> "";
        };
    }

    private PageState state(TargetSession open, TargetState now) {
        return switch (now) {
            case TargetState.Connecting _ -> new PageState.Loading("Connecting to " + open.target().address(), -1);
            case TargetState.Refused refused -> new PageState.Failed(refused.reason(), "", "",
                    new PageState.Action("Connect again", () -> connect(open.target())));
            case TargetState.Lost lost -> new PageState.Stale(
                    lost.reason() + " The page connects again by itself. The figures are those before.");
            case TargetState.Connected _ -> pools.isEmpty() && known > 0
                    ? new PageState.Empty(Icons.POOL, "No pool",
                            "The JVM has no HikariCP pool with MBeans. A pool needs registerMbeans=true, or in Spring "
                                    + "Boot spring.datasource.hikari.register-mbeans=true. A new one appears here.")
                    : PageState.READY;
            case TargetState.Closed _ -> PageState.READY;
        };
    }

    TargetFeed feed() {
        return feed;
    }

    TimeWindow window() {
        return window;
    }

    /// Returns process, `host:port` or URL of the form.
    StringProperty addressProperty() {
        return address;
    }

    StringProperty userProperty() {
        return user;
    }

    StringProperty passwordProperty() {
        return password;
    }

    BooleanProperty sslProperty() {
        return ssl;
    }

    /// Returns what is wrong with the form; empty when nothing is.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Returns the session; null while the list is shown.
    ReadOnlyObjectProperty<@Nullable TargetSession> sessionProperty() {
        return session.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<TargetState> connectionProperty() {
        return connection.getReadOnlyProperty();
    }

    /// Returns the state of the part that shows the target.
    ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// Returns heap, processors and the cost of the polling as one line.
    ReadOnlyStringProperty figuresProperty() {
        return figures.getReadOnlyProperty();
    }

    ObservableList<PoolRow> pools() {
        return pools;
    }

    /// Returns the marks, newest first.
    ObservableList<EventMark> events() {
        return events;
    }

    /// Returns the name of the pool of the first chart and of the settings; empty without one.
    StringProperty chosenProperty() {
        return chosen;
    }

    /// Returns the newest figures of the chosen pool.
    Optional<PoolFigures> chosenFigures() {
        return pools.stream().filter(row -> row.name().equals(chosen.get())).findFirst()
                .map(row -> row.figuresProperty().get());
    }
}
