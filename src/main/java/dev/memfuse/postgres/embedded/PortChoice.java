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

/// The port the server listens on: the one of its last run when that is free, so that other tools find it again;
/// otherwise any free one.
final class PortChoice {
    private PortChoice() {}

    static int choose(Path remembered) throws IOException {
        OptionalInt last = read(remembered);
        return last.isPresent() && isFree(last.getAsInt()) ? last.getAsInt() : anyFree();
    }

    static int anyFree() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void remember(Path file, int port) throws IOException {
        Files.writeString(file, Integer.toString(port), StandardCharsets.US_ASCII);
    }

    private static OptionalInt read(Path file) {
        try {
            int port = Integer.parseInt(Files.readString(file, StandardCharsets.US_ASCII).strip());
            return port > 0 && port < 1 << 16 ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (IOException | NumberFormatException e) {
            // No file, or one that was damaged: a port is chosen anew.
            return OptionalInt.empty();
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // As PostgreSQL itself does on Unix; on Windows it would let two servers share one port.
            socket.setReuseAddress(OperatingSystem.current() != OperatingSystem.WINDOWS);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
