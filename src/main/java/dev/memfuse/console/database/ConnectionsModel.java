package dev.memfuse.console.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.config.connection.SavedConnections;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.engine.host.EngineState;
import org.jspecify.annotations.Nullable;

/// The list of connections: the embedded server, then the saved ones by name. FX thread only.
final class ConnectionsModel {
    private final SavedConnection embedded;
    private final EngineHost host;
    private final SavedConnections store;
    private final Connector connector;
    private final Consumer<SavedConnection> tester;
    private final PageTools tools;
    private final ObservableList<ConnectionRow> rows = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable ConnectionRow> selected = new SimpleObjectProperty<>();
    private final ReadOnlyStringWrapper damage = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper question = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private List<SavedConnection> saved = List.of();
    /// Name of the connection that was connected last; tells two of the same database apart.
    private String connected = "";
    private @Nullable ConnectionRow asked;

    /// @param tester tests the database of a connection
    ConnectionsModel(EngineHost host, SavedConnections store, Connector connector, Consumer<SavedConnection> tester,
            PageTools tools) {
        this.host = host;
        // As the configuration of the start says, so that a click does not open for writing what it keeps from it.
        embedded = new SavedConnection(SavedConnection.EMBEDDED, "", Optional.empty(),
                host.embedded() && host.readOnly());
        this.store = store;
        this.connector = connector;
        this.tester = tester;
        this.tools = tools;
        refresh();
    }

    /// Reads the saved connections again.
    void reload() {
        reload(Optional.empty());
    }

    /// Reads the saved connections again and selects one.
    void reload(Optional<String> name) {
        loading.set(true);
        problem.set("");
        tools.tasks().call("list connections", store::list).onSuccess(found -> {
            loading.set(false);
            saved = found.all();
            damage.set(found.problem());
            refresh();
            rows.stream().filter(row -> name.filter(row.connection()::isNamed).isPresent()).findFirst()
                    .ifPresent(selected::set);
        }).onFailure(failure -> {
            loading.set(false);
            problem.set(Sentences.of(failure));
        }).start();
    }

    /// Shows which connection is in use. Called after a change of the state of the engine.
    void refresh() {
        ConnectionRow before = selected.get();
        List<SavedConnection> all = new ArrayList<>(saved);
        all.addFirst(embedded);
        List<ConnectionRow> next = all.stream().map(one -> new ConnectionRow(one, use(one, all))).toList();
        if (!next.equals(rows)) {
            rows.setAll(next);
            selected.set(before == null
                    ? null
                    : next.stream().filter(row -> row.connection().isNamed(before.name())).findFirst().orElse(null));
        }
    }

    private ConnectionRow.Use use(SavedConnection one, List<SavedConnection> all) {
        boolean ofLast = all.stream().filter(this::isOfHost).noneMatch(other -> other.isNamed(connected));
        if (!isOfHost(one) || !(ofLast || one.isNamed(connected))) {
            return ConnectionRow.Use.OTHER;
        }
        return switch (host.state()) {
            case EngineState.Ready _ -> ConnectionRow.Use.IN_USE;
            case EngineState.Starting _ -> ConnectionRow.Use.STARTING;
            case EngineState.Failed _,EngineState.Stopping _,EngineState.Stopped _ -> ConnectionRow.Use.FAILED;
        };
    }

    private boolean isOfHost(SavedConnection one) {
        return one.url().equals(host.url()) && one.readOnly() == host.readOnly();
    }

    /// Returns whether the list has a saved connection of this name.
    boolean has(String name) {
        return saved.stream().anyMatch(one -> one.isNamed(name));
    }

    /// Connects to the selected connection.
    void connect() {
        ConnectionRow row = selected.get();
        if (row != null) {
            problem.set("");
            connector.connect(row.connection(), () -> {
                connected = row.name();
                refresh();
            });
        }
    }

    /// Returns whether the selected connection can be connected to now.
    boolean canConnect() {
        return selected.get() != null && !connector.change().runningProperty().get();
    }

    /// Tests the database of the selected connection.
    void test() {
        ConnectionRow row = selected.get();
        if (row != null && canTest(row)) {
            tester.accept(row.connection());
        }
    }

    /// Returns whether a connection can be tested: an embedded server that is not in use does not run.
    boolean canTest(ConnectionRow row) {
        return !row.embedded() || row.use() == ConnectionRow.Use.IN_USE;
    }

    /// Asks before the selected connection is removed. The embedded server stays.
    void askRemove() {
        ConnectionRow row = selected.get();
        if (row != null && !row.embedded()) {
            asked = row;
            question.set("Remove " + row.name() + " from this list? The database stays as it is.");
        }
    }

    /// Keeps the connection.
    void keep() {
        asked = null;
        question.set("");
    }

    /// Removes the connection after the question.
    void remove() {
        ConnectionRow row = asked;
        keep();
        if (row == null) {
            return;
        }
        problem.set("");
        tools.tasks().call("remove connection", () -> {
            store.remove(row.name());
            return row.name();
        }).onSuccess(name -> {
            if (Objects.equals(selected.get(), row)) {
                selected.set(null);
            }
            tools.inform().accept("Connection " + name + " removed.");
            reload();
        }).onFailure(failure -> problem.set(Sentences.of(failure))).start();
    }

    Connector connector() {
        return connector;
    }

    /// Returns the rows, the embedded server first.
    ObservableList<ConnectionRow> rows() {
        return rows;
    }

    ObjectProperty<@Nullable ConnectionRow> selectedProperty() {
        return selected;
    }

    /// Returns what was wrong with the file of the connections, and where it is kept; empty when nothing was.
    ReadOnlyStringProperty damageProperty() {
        return damage.getReadOnlyProperty();
    }

    /// Returns why the connections cannot be read, or the last one cannot be removed; empty without a problem.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Returns the question before a connection is removed; empty without one.
    ReadOnlyStringProperty questionProperty() {
        return question.getReadOnlyProperty();
    }

    /// Returns whether the connections are being read.
    ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }
}
