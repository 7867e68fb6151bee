package dev.memfuse.store.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import dev.memfuse.metrics.WorkStats;
import org.junit.jupiter.api.Test;

class CountedSocketTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static boolean within(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    @Test
    void aThreadWhoseAnswerIsThereDoesNotWaitForTheServer() throws IOException, InterruptedException {
        AtomicBoolean busy = new AtomicBoolean(true);
        List<Thread> spinning = new ArrayList<>();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CountedSocket socket = new CountedSocket(new WorkStats())) {
            socket.connect(listening.getLocalSocketAddress());
            try (Socket server = listening.accept()) {
                Thread reader = Thread.ofVirtual().start(() -> readOne(socket));
                assertTrue(within(() -> CountedSocket.waitOf(reader).isPresent()), "waits while nothing was answered");
                // Every carrier is busy: the reader is not run although its answer arrives.
                for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                    spinning.add(Thread.ofVirtual().start(() -> spin(busy)));
                }
                server.getOutputStream().write(1);
                assertTrue(within(() -> CountedSocket.waitOf(reader).isEmpty()), "the answer is there");
                busy.set(false);
                reader.join();
                assertFalse(reader.isAlive());
            }
        } finally {
            busy.set(false);
        }
        for (Thread thread : spinning) {
            thread.join();
        }
    }

    private static void readOne(CountedSocket socket) {
        try {
            socket.getInputStream().read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void spin(AtomicBoolean busy) {
        while (busy.get()) {
            Thread.onSpinWait();
        }
    }
}
