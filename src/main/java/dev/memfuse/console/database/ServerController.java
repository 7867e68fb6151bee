package dev.memfuse.console.database;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

import dev.memfuse.console.database.ServerActivity.Interval;
import dev.memfuse.console.database.ServerModel.Part;
import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Meaning;
import dev.memfuse.console.fx.Question;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.host.ServerView.LockWait;
import dev.memfuse.engine.host.ServerView.Session;
import dev.memfuse.engine.host.ServerView.StatementCount;
import dev.memfuse.engine.host.ServerView.TableSize;

/// Binds what the database server does now to its view model.
public final class ServerController {
    private static final int SHOWN = ServerActivity.KEPT;

    @FXML
    private FlowPane parts;
    @FXML
    private Label age;
    @FXML
    private Label problem;
    @FXML
    private Button count;
    @FXML
    private TableView<Session> sessions;
    @FXML
    private TableView<LockWait> locks;
    @FXML
    private TableView<StatementCount> statements;
    @FXML
    private TableView<TableSize> tables;
    @FXML
    private TableView<Interval> activity;
    @FXML
    private Label text;
    @FXML
    private FlowPane actions;
    @FXML
    private Button cancel;
    @FXML
    private Button terminate;
    @FXML
    private HBox confirm;
    @FXML
    private Label question;
    @FXML
    private Button keep;
    @FXML
    private Label outcome;

    private final ServerModel model;

    ServerController(ServerModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        Map<Part, TableView<?>> all = new EnumMap<>(Map.of(Part.SESSIONS, sessions, Part.LOCKS, locks,
                Part.STATEMENTS, statements, Part.TABLES, tables, Part.ACTIVITY, activity));
        ToggleGroup group = new ToggleGroup();
        for (Part part : Part.values()) {
            ToggleButton button = new ToggleButton(part.title());
            button.setId("server-" + part.name().toLowerCase(Locale.ROOT));
            button.setToggleGroup(group);
            button.setOnAction(_ -> {
                // A second click on the chosen part would leave none.
                button.setSelected(true);
                model.partProperty().set(part);
            });
            model.partProperty().subscribe(chosen -> button.setSelected(chosen == part));
            parts.getChildren().add(button);
        }
        model.partProperty().subscribe(chosen -> {
            all.forEach((part, table) -> Visibility.set(table, part == chosen));
            Visibility.set(actions, chosen == Part.SESSIONS);
            text.setText("");
        });
        all.values().forEach(table -> {
            table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
            Columns.fitHeight(table, SHOWN);
            Columns.placeholder(table, model.emptyProperty());
        });
        showColumns();
        activity.setItems(model.intervals());
        ActivityColumns.show(activity);
        age.textProperty().bind(model.ageProperty());
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
        Visibility.bind(count, model.countableProperty());
        Visibility.whileFilled(text);
        var none = sessions.getSelectionModel().selectedItemProperty().isNull();
        cancel.disableProperty().bind(none);
        terminate.disableProperty().bind(none);
        Question.bind(model.questionProperty(), question, confirm, keep, sessions);
        outcome.textProperty().bind(model.outcomeProperty());
        Visibility.whileFilled(outcome);
    }

    private void showColumns() {
        sessions.setItems(model.sessions());
        sessions.getColumns().setAll(List.of(Columns.number("PID", row -> Integer.toString(row.pid())),
                wide(Columns.text("Program", row -> row.own() ? row.application() + " (this one)" : row.application())),
                Columns.text("User", Session::user), Columns.text("State", Session::state),
                wide(Columns.text("Waits for", Session::waitEvent)),
                Columns.text("Blocked by", row -> pids(row.blockedBy())),
                Columns.number("Transaction s", row -> seconds(row.transactionSeconds())),
                Columns.number("Statement s", row -> seconds(row.statementSeconds()))));
        Meaning.explain(sessions, List.of("pg_stat_activity.pid.", "pg_stat_activity.application_name.",
                "pg_stat_activity.usename.", "pg_stat_activity.state.",
                "pg_stat_activity.wait_event_type and wait_event.", "pg_blocking_pids(pid).",
                "Age of the transaction, now: pg_stat_activity.xact_start.",
                "Time since the start of the last statement, now: pg_stat_activity.query_start."));
        sessions.getSelectionModel().selectedItemProperty()
                .addListener((_, _, row) -> text.setText(row == null ? "" : row.statement()));
        locks.setItems(model.locks());
        locks.getColumns().setAll(List.of(Columns.number("PID", row -> Integer.toString(row.pid())),
                Columns.text("Blocked by", row -> pids(row.blockedBy())),
                wide(Columns.text("Object", LockWait::object)),
                wide(Columns.text("Mode", LockWait::mode)), Columns.number("Seconds", row -> seconds(row.seconds()))));
        Meaning.explain(locks, List.of("pg_locks.pid.", "pg_blocking_pids(pid).",
                "pg_locks.relation, or locktype for another object.", "pg_locks.mode, not granted.",
                "Time of the wait, now: pg_locks.waitstart."));
        locks.getSelectionModel().selectedItemProperty().addListener((_, _, row) -> text.setText(row == null
                ? ""
                : "Waits: " + row.statement() + "\nHolds: " + row.holderStatement()));
        statements.setItems(model.statements());
        statements.getColumns().setAll(List.of(
                wide(Columns.text("Statement", row -> row.text().replaceAll("\\s+", " "))),
                Columns.number("Calls", row -> Formats.count(row.calls())),
                Columns.number("Total ms", row -> Formats.millis(row.totalMillis())),
                Columns.number("Mean ms", row -> Formats.millis(row.meanMillis())),
                Columns.number("Rows", row -> Formats.count(row.rows())),
                Columns.number("In memory",
                        row -> row.hitShare() < 0 ? Formats.NONE : Formats.percent(row.hitShare()))));
        Meaning.explain(statements, List.of("pg_stat_statements.query.",
                "pg_stat_statements.calls, since the counters were reset.",
                "pg_stat_statements.total_exec_time.", "pg_stat_statements.mean_exec_time.",
                "pg_stat_statements.rows.", "Share of the blocks that were in shared_buffers: pg_stat_statements."
                        + "shared_blks_hit / (shared_blks_hit + shared_blks_read)."));
        statements.getSelectionModel().selectedItemProperty()
                .addListener((_, _, row) -> text.setText(row == null ? "" : row.text()));
        tables.setItems(model.tables());
        tables.getColumns().setAll(List.of(wide(Columns.text("Table", TableSize::name)),
                Columns.number("Rows", row -> "~" + Formats.count(row.rows())),
                Columns.number("Dead rows", row -> "~" + Formats.count(row.deadRows())),
                Columns.number("Table", row -> Formats.size(row.tableBytes())),
                Columns.number("Indexes", row -> Formats.size(row.indexBytes()))));
        Meaning.explain(tables, List.of("pg_class.oid.", "An estimate: pg_class.reltuples.",
                "An estimate: pg_stat_user_tables.n_dead_tup.", "pg_table_size(oid).", "pg_indexes_size(oid)."));
    }

    private static <T> TableColumn<T, String> wide(TableColumn<T, String> column) {
        column.setPrefWidth(190);
        return column;
    }

    private static String pids(List<Integer> pids) {
        return pids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String seconds(double seconds) {
        return seconds < 0 ? Formats.NONE : String.format(Locale.ROOT, "%.1f", seconds);
    }

    @FXML
    void onCount() {
        model.countStatements();
    }

    @FXML
    void onCancel() {
        Session session = sessions.getSelectionModel().getSelectedItem();
        if (session != null) {
            model.askCancel(session);
        }
    }

    @FXML
    void onTerminate() {
        Session session = sessions.getSelectionModel().getSelectedItem();
        if (session != null) {
            model.askTerminate(session);
        }
    }

    @FXML
    void onConfirm() {
        model.confirm();
    }

    @FXML
    void onKeep() {
        model.keep();
    }
}
