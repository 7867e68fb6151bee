package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import javax.management.JMException;
import javax.management.ObjectName;

import dev.memfuse.monitoring.MetricsText;
import dev.memfuse.server.HttpFixture.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The metrics of a running server: requests by route, operations and the pool, for those who may see all users.
@Tag("db")
class MetricsRouteDbTest {
    private static HttpFixture http;

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static Answer metrics(String url, Map<String, String> headers) {
        return http.send(url, "GET", "/metrics", null, headers);
    }

    @Test
    void requestsCountByRouteAndStatus() {
        String session = http.newSession();
        http.post("/sessions/" + session + "/messages", HttpFixture.messages("counted"));
        http.post("/sessions/" + UUID.randomUUID() + "/messages", HttpFixture.messages("not found"));
        http.get("/chosen-by-a-client-" + UUID.randomUUID());

        Answer answer = metrics(http.url(), Map.of());

        MetricsText text = MetricsText.parse(answer.text());
        String route = "http_server_requests_seconds_count{method=\"POST\",outcome=\"%s\",status=\"%s\","
                + "uri=\"/api/v1/sessions/{session_id}/messages\"}";
        assertEquals(1, text.value(route.replaceFirst("%s", "SUCCESS").replace("%s", "201")));
        assertEquals(1, text.value(route.replaceFirst("%s", "CLIENT_ERROR").replace("%s", "404")));
        assertEquals(1, text.value("http_server_requests_seconds_count{method=\"OTHER\",outcome=\"CLIENT_ERROR\","
                + "status=\"404\",uri=\"UNKNOWN\"}"));
        assertFalse(answer.text().contains("chosen-by-a-client"));
        assertTrue(text.value("memfuse_operation_duration_seconds_count{operation=\"add\"}") >= 1);
        assertTrue(text.value("hikaricp_connections_usage_seconds_count{pool=\"memfuse\"}") > 1);
        assertTrue(text.value("db_client_connection_create_time_seconds_sum"
                + "{db_client_connection_pool_name=\"memfuse\"}") > 0);
        assertTrue(text.value("hikaricp_connections_max{pool=\"memfuse\"}") > 0);
    }

    @Test
    void theKeyOfOneUserSeesNoMetrics() {
        String all = http.engine().engine().apiKeys().create(Optional.empty(), Optional.empty(), Optional.empty())
                .text();
        String one = http.engine().engine().apiKeys()
                .create(Optional.of(UUID.fromString(http.user("one"))), Optional.empty(), Optional.empty()).text();
        try (HttpServer keyed = http.another(ServerSettings.loopback(0).withKeys())) {
            assertEquals(401, metrics(keyed.url(), Map.of()).status());
            assertEquals(403, metrics(keyed.url(), Map.of("X-API-Key", one)).status());
            assertEquals(200, metrics(keyed.url(), Map.of("Authorization", "Bearer " + all)).status());
        }
    }

    @Test
    void otherMethodsAndForeignHostsAreRefused() {
        assertEquals(405, http.send(http.url(), "POST", "/metrics", "{}", Map.of()).status());
        assertEquals(403, metrics(http.url(), Map.of("Origin", "http://foreign.example")).status());
    }

    @Test
    void thePoolHasAnMBean() throws JMException {
        http.get("/users");

        boolean open = false;
        for (ObjectName name : ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("com.zaxxer.hikari:type=Pool (memfuse*"), null)) {
            open |= ((Number) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "TotalConnections"))
                    .intValue() > 0;
        }
        assertTrue(open);
    }
}
