package dev.memfuse.server.mcp;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.memfuse.server.mcp.tool.Memory;
import dev.memfuse.server.mcp.tool.MemoryTool;
import dev.memfuse.server.mcp.tool.MemoryTool.Effect;
import dev.memfuse.server.mcp.tool.MemoryTool.Result;
import dev.memfuse.server.mcp.tool.MemoryTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;

/// The tools as the protocol's library knows them. A call runs on the thread of its request, which is virtual, and on
/// none of Reactor's threads: those must not block.
final class McpProtocol implements AutoCloseable {
    private static final String NAME = "memfuse";
    private static final String MEMORY = "memory";
    private static final String INSTRUCTIONS = "Long-term memory of one user. Search it before you answer what earlier "
            + "conversations may bear on, and add what should be remembered beyond this conversation.";

    private final McpStatelessSyncServer server;

    /// @param calls runs the calls of tools
    McpProtocol(HttpServletStatelessServerTransport transport, ToolCalls calls, String version) {
        server = McpServer.sync(transport).serverInfo(NAME, version).instructions(INSTRUCTIONS)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                // The tools check their arguments themselves, with sentences.
                .validateToolInputs(false).jsonSchemaValidator((_, _) -> ValidationResponse.asValid(null))
                .immediateExecution(true)
                .tools(MemoryTools.all().stream().map(tool -> specification(tool, calls)).toList()).build();
    }

    /// Returns the transport of requests that are [McpRequest]s.
    ///
    /// @param security checks the headers Host and Origin
    static HttpServletStatelessServerTransport transport(ServerHttpHeaderValidator security) {
        return HttpServletStatelessServerTransport.builder().messageEndpoint(McpRequest.ENDPOINT)
                .httpHeaderValidator(security).maxRequestSize(Integer.MAX_VALUE)
                .contextExtractor(request -> request instanceof McpRequest known
                        ? McpTransportContext.create(Map.of(MEMORY, known.memory()))
                        : McpTransportContext.EMPTY)
                .build();
    }

    private static SyncToolSpecification specification(MemoryTool tool, ToolCalls calls) {
        return new SyncToolSpecification(describe(tool), (context, request) -> call(tool, calls, context, request));
    }

    private static Tool describe(MemoryTool tool) {
        boolean reads = tool.effect() == Effect.READS;
        ToolAnnotations hints = ToolAnnotations.builder().title(tool.title()).readOnlyHint(reads)
                .destructiveHint(tool.effect() == Effect.DELETES).idempotentHint(tool.effect() != Effect.ADDS)
                .openWorldHint(false).build();
        return Tool.builder(tool.name(), tool.schema()).title(tool.title()).description(tool.description())
                .annotations(hints).build();
    }

    private static CallToolResult call(MemoryTool tool, ToolCalls calls, McpTransportContext context,
            CallToolRequest request) {
        Memory memory = (Memory) Objects.requireNonNull(context.get(MEMORY), "every request has a memory");
        Result result = calls.run(tool, memory, Optional.ofNullable(request.arguments()).orElse(Map.of()));
        return CallToolResult.builder(List.of()).addTextContent(result.text()).isError(result.refused()).build();
    }

    @Override
    public void close() {
        server.closeGracefully();
    }
}
