package dev.memfuse.console.server;

import java.util.List;
import java.util.Optional;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.RequestStats.ClientRequests;
import dev.memfuse.server.RequestStats.RouteRequests;
import dev.memfuse.server.ServerControl;

/// View model of the requests and clients of the server. Keeps the figures of the last server after its end. FX thread
/// only.
final class RequestsViewModel {
    private final ServerControl control;
    private final TaskRunner tasks;
    private final ObservableList<RouteRequests> routes = FXCollections.observableArrayList();
    private final ObservableList<ClientRequests> clients = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private boolean reading;

    private record Reading(List<RouteRequests> routes, List<ClientRequests> clients, int connections) {}

    RequestsViewModel(ServerControl control, TaskRunner tasks) {
        this.control = control;
        this.tasks = tasks;
    }

    /// Reads the figures in the background, unless that is under way.
    void refresh() {
        Optional<HttpServer> server = control.running();
        if (server.isEmpty()) {
            replace(clients, List.of());
            summary.set(routes.isEmpty() ? "No requests yet." : total() + " until the server stopped.");
            return;
        }
        if (!reading) {
            reading = true;
            HttpServer running = server.get();
            tasks.call("read requests", () -> new Reading(running.requests().routes(), running.requests().clients(),
                    running.connections())).onSuccess(this::show).onFailure(_ -> reading = false).start();
        }
    }

    private void show(Reading now) {
        reading = false;
        replace(routes, now.routes());
        replace(clients, now.clients());
        summary.set(total() + " since the start, " + Numbers.count(now.connections(), "open connection") + ".");
    }

    private String total() {
        return Numbers.count(routes.stream().mapToLong(RouteRequests::count).sum(), "request");
    }

    /// Replaces rows that differ, so that a selection stays.
    private static <T> void replace(ObservableList<T> shown, List<T> now) {
        for (int i = 0; i < now.size(); i++) {
            if (i == shown.size()) {
                shown.add(now.get(i));
            } else if (!shown.get(i).equals(now.get(i))) {
                shown.set(i, now.get(i));
            }
        }
        shown.remove(now.size(), shown.size());
    }

    ObservableList<RouteRequests> routes() {
        return routes;
    }

    ObservableList<ClientRequests> clients() {
        return clients;
    }

    /// Returns the totals in one sentence.
    ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }
}
