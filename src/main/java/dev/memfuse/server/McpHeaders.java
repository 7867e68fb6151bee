package dev.memfuse.server;

import java.util.List;
import java.util.Optional;

import io.modelcontextprotocol.server.transport.HeaderAccessor;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import io.modelcontextprotocol.server.transport.ServerTransportSecurityException;
import org.jspecify.annotations.Nullable;

/// Checks the headers `Host` and `Origin` of messages of the Model Context Protocol. Its library checks none by
/// default.
///
/// @param hosts the check of all requests
record McpHeaders(HostCheck hosts) implements ServerHttpHeaderValidator {
    private static final int FORBIDDEN = 403;

    @Override
    public void validate(HeaderAccessor headers) throws ServerTransportSecurityException {
        Optional<String> problem = hosts.problem(first(headers.getHeader("Host")), first(headers.getHeader("Origin")));
        if (problem.isPresent()) {
            throw new ServerTransportSecurityException(FORBIDDEN, problem.get());
        }
    }

    private static @Nullable String first(@Nullable List<String> values) {
        return values == null || values.isEmpty() ? null : values.getFirst();
    }
}
