package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;

import dev.memfuse.config.section.ServerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginListTest {
    @Test
    void exactOriginsAreAccepted() {
        ServerConfig config = new ServerConfig(ServerConfig.plain().tls(),
                " https://app.example.com,http://localhost:3000  http://[::1]:8080 ");

        assertEquals(Set.of("https://app.example.com", "http://localhost:3000", "http://[::1]:8080"),
                config.origins());
        assertEquals(Optional.empty(), OriginList.problem(config.origins()));
        assertEquals(Optional.empty(), OriginList.problem(ServerConfig.plain().origins()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "null", "https://*.example.com", "app.example.com", "https://app.example.com/",
            "https://APP.example.com", "HTTPS://app.example.com", "https://app.example.com:443",
            "http://app.example.com:80", "ftp://app.example.com", "https://user@app.example.com",
            "https://app.example.com?a", "https://app.example.com#a", "https://", "https://app.example.com:",
            "file:///home"})
    void otherTextsAreNamed(String origin) {
        String problem = OriginList.problem(Set.of(origin)).orElseThrow();

        assertTrue(problem.startsWith("'" + origin + "' is no origin as browsers send it"), problem);
    }
}
