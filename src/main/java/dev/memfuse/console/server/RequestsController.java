package dev.memfuse.console.server;

import java.util.List;

import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Meaning;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.server.RequestStats.ClientRequests;
import dev.memfuse.server.RequestStats.RouteRequests;

/// Binds the requests of the server to their view model.
public final class RequestsController {
    private static final int ROUTES_SHOWN = 10;
    private static final int CLIENTS_SHOWN = 6;

    @FXML
    private Label summary;
    @FXML
    private TableView<RouteRequests> routes;
    @FXML
    private TableView<ClientRequests> clients;

    private final RequestsViewModel model;

    RequestsController(RequestsViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        summary.textProperty().bind(model.summaryProperty());
        TableColumn<RouteRequests, String> route = Columns.width(Columns.text("Route", RouteRequests::route), 180,
                2_000);
        route.setPrefWidth(420);
        routes.getColumns().setAll(List.of(route,
                Columns.width(Columns.number("Requests", each -> Formats.count(each.count())), 84, 120),
                Columns.width(Columns.number("p50 ms", each -> percentile(each, 50, each.latency().p50())), 66, 110),
                Columns.width(Columns.number("p99 ms", each -> percentile(each, 99, each.latency().p99())), 66, 110),
                Columns.width(Columns.number("Max ms", each -> Formats.millis(each.latency().max())), 66, 110),
                Columns.width(Columns.number("Refused", each -> Formats.count(each.refused())), 76, 110),
                Columns.width(Columns.number("Failed", each -> Formats.count(each.failed())), 68, 110)));
        String elsewhere = "OpenTelemetry: http.server.request.duration; Micrometer: http.server.requests; in "
                + "/metrics: ";
        String duration = "Time until the answer is written, of the requests since the start. " + elsewhere
                + "http_server_request_duration_seconds.";
        Meaning.explain(routes, List.of("", "Requests since the start. " + elsewhere
                + "http_server_requests_seconds_count.", duration, duration, duration,
                "Answers with status 4xx since the start. " + elsewhere
                        + "http_server_requests_seconds_count{outcome=\"CLIENT_ERROR\"}.",
                "Answers with status 5xx since the start. " + elsewhere
                        + "http_server_requests_seconds_count{outcome=\"SERVER_ERROR\"}."));
        lay(routes, model.routes(), ROUTES_SHOWN, "Requests appear here, one row for each route.");
        TableColumn<ClientRequests, String> client = Columns.width(Columns.text("Client", ClientRequests::client), 180,
                2_000);
        client.setPrefWidth(520);
        clients.getColumns().setAll(List.of(client,
                Columns.width(Columns.number("Requests", each -> Formats.count(each.count())), 84, 120),
                Columns.width(Columns.number("Last request", each -> Formats.duration(each.idle()) + " ago"), 110,
                        160)));
        lay(clients, model.clients(), CLIENTS_SHOWN, "Clients of the last ten minutes appear here.");
    }

    private static String percentile(RouteRequests route, double percentile, double ms) {
        return Numbers.percentile(route.count(), percentile, ms);
    }

    private static <T> void lay(TableView<T> table, ObservableList<T> rows, int shown, String empty) {
        table.setItems(rows);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        Columns.placeholder(table, empty);
        Columns.fitHeight(table, 1);
        rows.addListener((ListChangeListener<T>) _ -> Columns.fitHeight(table, Math.clamp(rows.size(), 1, shown)));
    }
}
