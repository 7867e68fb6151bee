package dev.memfuse.server.mcp;

import java.io.PrintWriter;
import java.io.StringWriter;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/// A response that is kept, so that errors of the protocol's library can be written as sentences: it would write an
/// error page, or an exception as JSON.
final class McpResponse extends HttpServletResponseWrapper {
    private final StringWriter text = new StringWriter();
    private int status = SC_OK;

    McpResponse(HttpServletResponse response) {
        super(response);
    }

    /// Returns what was written.
    String text() {
        return text.toString();
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setStatus(int status) {
        this.status = status;
    }

    @Override
    public void sendError(int status) {
        this.status = status;
    }

    @Override
    public void sendError(int status, String message) {
        this.status = status;
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(text);
    }

    @Override
    public void setContentType(String type) {
        // Set with the answer.
    }

    @Override
    public void setCharacterEncoding(String encoding) {
        // UTF-8.
    }

    @Override
    public void flushBuffer() {
        // Written at the end.
    }
}
