package dev.memfuse.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.modelcontextprotocol.server.transport.ServerTransportSecurityException;
import io.modelcontextprotocol.server.transport.ServerTransportSecurityValidator;
import org.jspecify.annotations.Nullable;

/// Checks the headers `Host` and `Origin` of messages of the Model Context Protocol. Its library checks none by
/// default.
///
/// @param hosts the check of all requests
record McpHeaders(HostCheck hosts) implements ServerTransportSecurityValidator {
    private static final int FORBIDDEN = 403;

    @Override
    public void validateHeaders(Map<String, List<String>> headers) throws ServerTransportSecurityException {
        Optional<String> problem = hosts.problem(header(headers, "Host"), header(headers, "Origin"));
        if (problem.isPresent()) {
            throw new ServerTransportSecurityException(FORBIDDEN, problem.get());
        }
    }

    private static @Nullable String header(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream()).findFirst().orElse(null);
    }
}
