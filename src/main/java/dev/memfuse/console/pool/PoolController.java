package dev.memfuse.console.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.TextClipboard;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.pool.PoolViewModel.Action;
import dev.memfuse.metrics.pool.ConnectionPools;
import dev.memfuse.metrics.pool.ConnectionPools.Lease;
import dev.memfuse.metrics.pool.ConnectionPools.Pool;
import dev.memfuse.metrics.pool.ConnectionPools.Snapshot;
import dev.memfuse.metrics.pool.LeaseTimes.Distribution;
import dev.memfuse.metrics.pool.LeaseTimes.Kind;
import org.jspecify.annotations.Nullable;

/// Binds the Pool page to its view model.
public final class PoolController {
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final int SHOWN = 8;

    @FXML
    private TableView<Pool> pools;
    @FXML
    private Label shown;
    @FXML
    private TextField minimum;
    @FXML
    private TextField overflow;
    @FXML
    private Button suspend;
    @FXML
    private Button resume;
    @FXML
    private HBox confirm;
    @FXML
    private Label effect;
    @FXML
    private Button confirmAction;
    @FXML
    private Button keep;
    @FXML
    private Label outcome;
    @FXML
    private Label problem;
    @FXML
    private VBox scopeHolder;
    @FXML
    private Label inUse;
    @FXML
    private Label waiting;
    @FXML
    private FlowPane snapshots;
    @FXML
    private Label note;
    @FXML
    private TableView<Lease> leases;
    @FXML
    private Label statement;
    @FXML
    private FlowPane histograms;

    private final PoolViewModel model;
    private final ScopeView scope = new ScopeView();
    private final LogHistogram acquire = new LogHistogram("Wait for a connection", PoolMeaning.ACQUIRE);
    private final LogHistogram hold = new LogHistogram("Hold of a connection", PoolMeaning.HOLD);
    private final LogHistogram connect = new LogHistogram("Connect to the server", PoolMeaning.CONNECT);

    PoolController(PoolViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        showPools();
        shown.textProperty().bind(model.shownProperty());
        Visibility.whileFilled(shown);
        minimum.textProperty().bindBidirectional(model.minimumProperty());
        overflow.textProperty().bindBidirectional(model.overflowProperty());
        Visibility.bind(confirm, model.askedProperty().isNotNull());
        model.askedProperty().subscribe(this::showQuestion);
        effect.textProperty().bind(model.effectProperty());
        outcome.textProperty().bind(model.outcomeProperty());
        Visibility.whileFilled(outcome);
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
        scopeHolder.getChildren().add(scope);
        PoolMeaning.IN_USE.explain(inUse);
        PoolMeaning.WAITING.explain(waiting);
        showLeases();
        histograms.getChildren().setAll(acquire, hold, connect);
        model.timesProperty().subscribe(times -> {
            acquire.show(times.getOrDefault(Kind.ACQUIRE, Distribution.NONE));
            hold.show(times.getOrDefault(Kind.HOLD, Distribution.NONE));
            connect.show(times.getOrDefault(Kind.CONNECT, Distribution.NONE));
        });
    }

    /// Draws the samples; called while the page is visible.
    void draw() {
        scope.show(model.scope());
    }

    private void showPools() {
        pools.getColumns().setAll(List.of(Columns.text("Pool", Pool::name),
                Columns.number("In use", pool -> Formats.count(pool.active())),
                Columns.number("Idle", pool -> Formats.count(pool.idle())),
                Columns.number("Waiting", pool -> Formats.count(pool.waiting())),
                Columns.number("Limit", pool -> Formats.count(pool.limit())),
                Columns.text("State", pool -> pool.closing()
                        ? "Closing"
                        : pool.suspended() ? "Suspended" : "Open")));
        pools.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        pools.setItems(model.pools());
        pools.getSelectionModel().selectedItemProperty().addListener((_, _, pool) -> {
            if (pool != null) {
                model.poolProperty().set(pool.name());
            }
        });
        Columns.fitHeight(pools, 1);
        model.pools().addListener((ListChangeListener<Pool>) _ -> {
            reselect();
            Columns.fitHeight(pools, Math.clamp(model.pools().size(), 1, 4));
            boolean suspended = model.pools().stream().anyMatch(Pool::suspended);
            Visibility.set(suspend, !suspended);
            Visibility.set(resume, suspended);
        });
        Visibility.set(resume, false);
    }

    /// The gauges of a row change each second, and with them the row that was selected.
    private void reselect() {
        String chosen = model.poolProperty().get();
        for (int row = 0; row < model.pools().size(); row++) {
            if (model.pools().get(row).name().equals(chosen)) {
                pools.getSelectionModel().select(row);
                return;
            }
        }
    }

    private void showQuestion(@Nullable Action action) {
        if (action != null) {
            confirmAction.setText(action.label());
            // Enter must not do what somebody only asked about.
            keep.requestFocus();
        }
    }

    private void showLeases() {
        TableColumn<Lease, String> thread = Columns.text("Thread",
                lease -> lease.thread() + (lease.virtual() ? " (virtual)" : ""));
        thread.setPrefWidth(170);
        TableColumn<Lease, String> purpose = Columns.text("Purpose", Lease::action);
        purpose.setPrefWidth(150);
        TableColumn<Lease, String> wait = Columns.text("Waits for",
                lease -> lease.backend().map(ConnectionPools.Backend::waitEvent).orElse(""));
        wait.setPrefWidth(130);
        leases.getColumns().setAll(List.of(thread, Columns.text("Operation", Lease::operation),
                Columns.text("Stage", Lease::stage), purpose,
                Columns.number("Held ms", lease -> Formats.millis(lease.heldNanos() / 1e6)),
                Columns.number("PID", lease -> lease.backendPid() == 0 ? "" : Integer.toString(lease.backendPid())),
                Columns.text("State", lease -> lease.backend().map(ConnectionPools.Backend::state).orElse("")), wait));
        leases.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        leases.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        leases.setItems(model.leases());
        Columns.fitHeight(leases, SHOWN);
        Columns.placeholder(leases, "No connection is in use.");
        leases.getSelectionModel().selectedItemProperty().addListener((_, _, lease) -> statement.setText(lease == null
                ? ""
                : lease.backend().map(ConnectionPools.Backend::statement).orElse("")));
        Visibility.whileFilled(statement);
        leases.setOnKeyPressed(event -> {
            if (COPY.match(event)) {
                List<Lease> selected = leases.getSelectionModel().getSelectedItems();
                TextClipboard.copy(model.table(selected.isEmpty() ? model.leases() : List.copyOf(selected)));
                event.consume();
            }
        });
        note.textProperty().bind(model.leasesNoteProperty());
        Visibility.whileFilled(note);
        model.frozen().addListener((ListChangeListener<Snapshot>) _ -> showSnapshots());
        showSnapshots();
    }

    private void showSnapshots() {
        ToggleGroup group = new ToggleGroup();
        List<ToggleButton> buttons = new ArrayList<>();
        buttons.add(toggle("Now", Optional.empty(), group));
        for (Snapshot snapshot : model.frozen()) {
            buttons.add(toggle("Time-out " + Formats.timeOfDay(snapshot.at()), Optional.of(snapshot), group));
        }
        snapshots.getChildren().setAll(buttons);
    }

    private ToggleButton toggle(String text, Optional<Snapshot> snapshot, ToggleGroup group) {
        ToggleButton button = new ToggleButton(text);
        button.setToggleGroup(group);
        button.setSelected(model.chosenProperty().get().equals(snapshot));
        button.setOnAction(_ -> {
            // A second click on the chosen one would leave none.
            button.setSelected(true);
            model.chosenProperty().set(snapshot);
        });
        return button;
    }

    @FXML
    void onResize() {
        model.ask(Action.RESIZE);
    }

    @FXML
    void onEvict() {
        model.ask(Action.SOFT_EVICT);
    }

    @FXML
    void onSuspend() {
        model.ask(Action.SUSPEND);
    }

    @FXML
    void onResume() {
        model.ask(Action.RESUME);
    }

    @FXML
    void onConfirm() {
        model.confirm();
    }

    @FXML
    void onKeep() {
        model.cancel();
    }
}
