package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

import dev.memfuse.postgres.program.OperatingSystem;

/// Chooses the port of the server: the port of its last run when it is free, so that settings of other tools remain
/// valid, otherwise any free port.
final class PortChoice {
    private PortChoice() {}

    /// Returns the port to use.
    ///
    /// @param file stores the port of the last run
    static int choose(Path file) throws IOException {
        OptionalInt last = read(file);
        return last.isPresent() && isFree(last.getAsInt()) ? last.getAsInt() : anyFree();
    }

    /// Returns a free port.
    static int anyFree() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Stores the port for the next run.
    static void remember(Path file, int port) throws IOException {
        Files.writeString(file, Integer.toString(port), StandardCharsets.US_ASCII);
    }

    private static OptionalInt read(Path file) {
        try {
            int port = Integer.parseInt(Files.readString(file, StandardCharsets.US_ASCII).strip());
            return port > 0 && port < 1 << 16 ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (IOException | NumberFormatException e) {
            // A missing or invalid file: another port is chosen.
            return OptionalInt.empty();
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // As PostgreSQL does on Unix. On Windows the option would let two servers share a port.
            socket.setReuseAddress(OperatingSystem.current() != OperatingSystem.WINDOWS);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
