package dev.memfuse.server.mcp;

import java.time.Duration;
import java.util.Map;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;

/// Clients of the protocol, by its own library.
public final class McpClients {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private McpClients() {}

    /// Returns a client of a path over HTTP that is connected.
    ///
    /// @param key API key; empty sends none
    public static McpSyncClient http(String url, String path, String key) {
        return connected(HttpClientStreamableHttpTransport.builder(url).endpoint(path)
                .addHttpRequestCustomizer((request, _, _, _, _) -> {
                    if (!key.isEmpty()) {
                        request.header("Authorization", "Bearer " + key);
                    }
                }).build());
    }

    static McpSyncClient connected(McpClientTransport transport) {
        McpSyncClient client = McpClient.sync(transport).requestTimeout(TIMEOUT).initializationTimeout(TIMEOUT)
                .jsonSchemaValidator((_, _) -> ValidationResponse.asValid(null)).build();
        client.initialize();
        return client;
    }

    /// Calls a tool.
    public static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    }

    /// Returns the text of a result.
    public static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }
}
