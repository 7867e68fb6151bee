package dev.memfuse.server.mcp;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import dev.memfuse.server.mcp.tool.Memory;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/// A request whose user is known and whose body is read. The path ends where the protocol's does.
final class McpRequest extends HttpServletRequestWrapper {
    /// Path of every request, without the user.
    static final String ENDPOINT = "/mcp";

    private final Memory memory;
    private final byte[] body;

    McpRequest(HttpServletRequest request, Memory memory, byte[] body) {
        super(request);
        this.memory = memory;
        this.body = body;
    }

    Memory memory() {
        return memory;
    }

    @Override
    public String getRequestURI() {
        return ENDPOINT;
    }

    @Override
    public int getContentLength() {
        return body.length;
    }

    @Override
    public long getContentLengthLong() {
        return body.length;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
    }

    @Override
    public ServletInputStream getInputStream() {
        return new BodyStream(body);
    }
}
