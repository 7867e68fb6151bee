package dev.memfuse.fault;

import static dev.memfuse.fault.ProxiedServer.roundTrip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.section.NetworkConfig;
import dev.memfuse.metrics.EventMark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The network with real sockets on loopback. A busy machine may be late, but nothing may ever be early.
class NetworkServiceTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final byte[] NOTHING = {};

    private static void await(String description, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20 * SECOND;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s: " + description);
            LockSupport.parkNanos(MILLI);
        }
    }

    private static long[] roundTrips(Socket socket, int count) {
        return LongStream.range(0, count).map(_ -> roundTrip(socket)).sorted().toArray();
    }

    @ParameterizedTest
    @EnumSource(NetworkProfile.class)
    void aRoundTripTakesTheTimeOfTheProfile(NetworkProfile profile) throws IOException {
        try (ProxiedServer server = ProxiedServer.echo()) {
            server.network.apply(profile, "test");
            Socket socket = server.connect();
            roundTrip(socket);

            long[] nanos = roundTrips(socket, 50);

            long expected = profile.roundTrip().toNanos();
            assertTrue(nanos[0] >= expected, Arrays.toString(nanos));
            assertTrue(nanos[nanos.length / 4] < expected + 2 * MILLI, Arrays.toString(nanos));
        }
    }

    @Test
    void withoutADelayConnectionsAreDirect() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo()) {
            assertFalse(server.network.proxied());
            assertEquals(server.address(), server.network.route(server.address()));
            roundTrip(server.connect());
            assertEquals(0, server.network.connections());
        }
    }

    @Test
    void theSettingRoundTripDelaysOpenConnections() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.001")) {
            Socket socket = server.connect();
            assertTrue(roundTrips(socket, 10)[0] >= MILLI);

            server.set("network.round_trip", "0.02");
            assertTrue(roundTrips(socket, 10)[0] >= 20 * MILLI);

            server.set("network.round_trip", "0.0005");
            assertTrue(roundTrips(socket, 20)[5] < 20 * MILLI);
        }
    }

    @Test
    void theSettingJitterSpreadsRoundTripsAboveTheShortest() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.002", "network.jitter=0.02")) {
            long[] nanos = roundTrips(server.connect(), 60);

            assertTrue(nanos[0] >= 2 * MILLI, Arrays.toString(nanos));
            // Two directions, each with an even share of half of 20 ms: a round trip takes 12 ms on average.
            double mean = LongStream.of(nanos).average().orElseThrow();
            assertTrue(mean > 9 * MILLI, Arrays.toString(nanos));
            // Half of them take less, and fewer on a busy machine, which adds to some.
            assertTrue(nanos[nanos.length / 10] < 12 * MILLI, Arrays.toString(nanos));
        }
    }

    @Test
    void theSettingBandwidthLimitsBytesPerSecond() throws IOException {
        // 8 Mbit/s are 1,000,000 bytes per second.
        try (ProxiedServer server = ProxiedServer.echo("network.bandwidth=8")) {
            Socket socket = server.connect();

            double seconds = seconds(() -> echoed(socket, random(500_000, 1)));

            assertTrue(seconds >= 0.49, seconds + " s");
            assertTrue(seconds < 1.5, seconds + " s");
        }
    }

    @Test
    void connectionsShareTheBandwidth() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo("network.bandwidth=8")) {
            List<Socket> sockets = List.of(server.connect(), server.connect());
            double seconds = seconds(() -> sockets.stream()
                    .map(socket -> CompletableFuture.runAsync(() -> echoed(socket, random(250_000, 2)),
                            Thread::startVirtualThread))
                    .toList().forEach(CompletableFuture::join));

            assertTrue(seconds >= 0.49, seconds + " s");
        }
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / (double) SECOND;
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /// Sends bytes and checks that the same ones come back.
    private static void echoed(Socket socket, byte[] bytes) {
        Thread sender = Thread.startVirtualThread(() -> send(socket, bytes));
        try {
            byte[] received = socket.getInputStream().readNBytes(bytes.length);
            assertArrayEquals(bytes, received);
            sender.join();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void pipelinedDataTravelsTogether() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.1")) {
            Socket socket = server.connect();
            roundTrip(socket);
            OutputStream out = socket.getOutputStream();

            double seconds = seconds(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        out.write(i);
                        LockSupport.parkNanos(MILLI / 10);
                    }
                    byte[] received = socket.getInputStream().readNBytes(100);
                    assertEquals(99, received[99]);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });

            // One after the other they would take 10 s.
            assertTrue(seconds >= 0.1 && seconds < 2, seconds + " s");
        }
    }

    @Test
    void aDelayDoesNotLimitTheThroughput() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.03")) {
            Socket socket = server.connect();
            roundTrip(socket);
            // 8 MB at 64 KiB per round trip would take 3.8 s.
            double seconds = seconds(() -> echoed(socket, random(8_000_000, 3)));
            assertTrue(seconds < 2.5, seconds + " s");
        }
    }

    @Test
    void bytesKeepTheirOrderWhileTheNetworkChanges() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.01", "network.jitter=0.01")) {
            Socket socket = server.connect();
            CompletableFuture<Void> stream = CompletableFuture.runAsync(() -> echoed(socket, random(6_000_000, 4)),
                    Thread::startVirtualThread);
            Random random = new Random(5);
            while (!stream.isDone()) {
                server.network.apply(new NetworkConfig(Duration.ofNanos(random.nextInt(5_000_000)),
                        Duration.ofNanos(random.nextInt(5_000_000)), random.nextBoolean() ? 0 : 1_000), "test");
                LockSupport.parkNanos(2 * MILLI);
            }
            stream.join();
        }
    }

    @Test
    void openingAConnectionTakesARoundTripMore() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.02")) {
            long begin = System.nanoTime();
            roundTrip(server.connect());
            assertTrue(System.nanoTime() - begin >= 40 * MILLI);
        }
    }

    @Test
    void aResetBreaksBothEndsAndNewConnectionsWork() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.001")) {
            Socket socket = server.connect();
            roundTrip(socket);

            server.network.begin(new Fault(Fault.Kind.RESET));

            SocketException broken = assertThrows(SocketException.class, () -> socket.getInputStream().read());
            assertEquals("Connection reset", broken.getMessage());
            roundTrip(server.connect());
            assertEquals(1, server.network.connections());
            assertEquals(List.of(EventMark.Kind.FAULT, EventMark.Kind.FAULT_END),
                    server.metrics.marks().stream().map(EventMark::kind).toList());
        }
    }

    @Test
    void aBlackHoleLetsNothingPassAndLosesNothing() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.001")) {
            Socket socket = server.connect();
            roundTrip(socket);
            Fault hole = new Fault(Fault.Kind.BLACK_HOLE);
            server.network.begin(hole);
            socket.setSoTimeout(300);
            socket.getOutputStream().write(7);
            assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
            Socket opened = server.connect();
            opened.setSoTimeout(200);
            opened.getOutputStream().write(8);
            assertThrows(SocketTimeoutException.class, () -> opened.getInputStream().read());

            server.network.end(hole);

            socket.setSoTimeout(20_000);
            opened.setSoTimeout(20_000);
            assertEquals(7, socket.getInputStream().read());
            assertEquals(8, opened.getInputStream().read());
            assertTrue(roundTrip(socket) >= MILLI);
        }
    }

    @Test
    void aStoppedServerRefusesConnectionsUntilTheEnd() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.001")) {
            Socket socket = server.connect();
            roundTrip(socket);
            Fault stop = new Fault(Fault.Kind.STOP);

            server.network.begin(stop);

            assertThrows(SocketException.class, () -> socket.getInputStream().read());
            await("the port is closed", () -> refused(server));
            server.network.end(stop);
            roundTrip(server.connect());
        }
    }

    private static boolean refused(ProxiedServer server) {
        try {
            server.connect().close();
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"LATENCY, 20, 0", "BANDWIDTH, 0, 100"})
    void aFaultMakesTheNetworkWorseUntilItsEnd(Fault.Kind kind, int delayMillis, long bytesPerSecond)
            throws IOException {
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.001")) {
            Socket socket = server.connect();
            roundTrip(socket);
            Fault fault = new Fault(kind, Duration.ofMillis(delayMillis), bytesPerSecond);

            server.network.begin(fault);
            // A byte at 100 bytes per second takes 10 ms in each direction.
            long[] during = roundTrips(socket, 5);
            server.network.end(fault);

            assertTrue(during[0] >= 20 * MILLI, Arrays.toString(during));
            assertTrue(roundTrips(socket, 20)[5] < 20 * MILLI);
        }
    }

    @Test
    void aStreamThatEndsInOneDirectionGoesOnInTheOther() throws IOException {
        byte[] answer = random(300_000, 6);
        try (ProxiedServer server = new ProxiedServer(socket -> {
            byte[] request = socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(request.length);
            socket.getOutputStream().write(answer);
            socket.close();
        }, "network.round_trip=0.002")) {
            Socket socket = server.connect();
            socket.getOutputStream().write("to the end".getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();

            assertEquals(10, socket.getInputStream().read());
            assertArrayEquals(answer, socket.getInputStream().readAllBytes());
            await("the connection is gone", () -> server.network.connections() == 0);
        }
    }

    @Test
    void aConnectionThatTheServerResetIsReset() throws IOException {
        try (ProxiedServer server = new ProxiedServer(socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
            socket.close();
        }, "network.round_trip=0.002")) {
            Socket socket = server.connect();
            socket.getOutputStream().write(1);
            assertThrows(SocketException.class, () -> socket.getInputStream().read());
        }
    }

    @Test
    void aServerThatIsNotThereBreaksTheConnection() throws IOException {
        try (ProxiedServer other = ProxiedServer.echo("network.round_trip=0.001")) {
            ProxiedServer gone = ProxiedServer.echo();
            InetSocketAddress nobody = gone.address();
            gone.close();
            try (Socket socket = new Socket()) {
                socket.connect(other.network.route(nobody));
                socket.setSoTimeout(20_000);
                assertThrows(SocketException.class, () -> socket.getInputStream().read());
            }
        }
    }

    @Test
    void aSlowReaderSlowsTheSenderDownAndMemoryIsBounded() throws Exception {
        CompletableFuture<Void> reading = new CompletableFuture<>();
        byte[] sent = random(24_000_000, 7);
        try (ProxiedServer server = new ProxiedServer(socket -> {
            reading.join();
            byte[] received = socket.getInputStream().readNBytes(sent.length);
            socket.getOutputStream().write(Arrays.equals(sent, received) ? 1 : 0);
        }, "network.round_trip=0.001")) {
            Socket socket = server.connect();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(socket, sent),
                    Thread::startVirtualThread);
            // A line that was full reads again once it is half empty, and what the buffers behind it still take varies.
            await("the line is full", () -> server.network.bytesInFlight() > DelayLine.CAPACITY / 2);
            assertTrue(server.network.bytesInFlight() <= DelayLine.CAPACITY);
            assertFalse(sending.isDone());

            reading.complete(null);

            assertEquals(1, socket.getInputStream().read());
            sending.get(20, TimeUnit.SECONDS);
            assertEquals(0, server.network.bytesInFlight());
        }
    }

    @Test
    void aHundredConnectionsAreIndependent() throws Exception {
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.005", "network.jitter=0.002");
                ExecutorService threads = BackgroundThreads.virtualPerTask("test-clients")) {
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Socket socket = server.connect();
                byte[] bytes = random(20_000, i);
                clients.add(CompletableFuture.runAsync(() -> {
                    echoed(socket, bytes);
                    assertTrue(roundTrip(socket) >= 5 * MILLI);
                }, threads));
            }
            for (CompletableFuture<Void> client : clients) {
                client.get(20, TimeUnit.SECONDS);
            }
            assertEquals(100, server.network.connections());
        }
    }

    @Test
    void aClosedNetworkLeavesNoThreadAndNoConnection() throws IOException {
        long before = threads();
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.01")) {
            Socket socket = server.connect();
            roundTrip(socket);
            assertNotEquals(before, threads());

            server.network.close();

            assertEquals(before, threads());
            assertThrows(IOException.class, () -> {
                socket.getOutputStream().write(NOTHING);
                assertNotEquals(-1, socket.getInputStream().read());
                throw new AssertionError("a byte came through");
            });
            assertEquals(server.address(), server.network.route(server.address()));
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("network-")).count();
    }

    @Test
    void aHoldKeepsTheProxiesAndItsEndReroutes() throws IOException {
        try (ProxiedServer server = ProxiedServer.echo()) {
            List<Boolean> reroutes = new ArrayList<>();
            server.network.onReroute(() -> reroutes.add(server.network.proxied()));

            NetworkService.Hold hold = server.network.hold();
            assertNotEquals(server.address(), server.network.route(server.address()));
            Socket socket = server.connect();
            roundTrip(socket);
            server.network.begin(new Fault(Fault.Kind.RESET));
            assertThrows(SocketException.class, () -> socket.getInputStream().read());
            hold.close();
            hold.close();

            assertEquals(List.of(true, false), reroutes);
            assertEquals(server.address(), server.network.route(server.address()));
        }
    }

    @Test
    void waitingForAnArrivalBurnsNoProcessor() throws IOException {
        ThreadMXBean beans = ManagementFactory.getThreadMXBean();
        try (ProxiedServer server = ProxiedServer.echo("network.round_trip=0.03")) {
            Socket socket = server.connect();
            roundTrip(socket);
            long thread = Thread.getAllStackTraces().keySet().stream()
                    .filter(candidate -> candidate.getName().equals("network-delivery")).findFirst().orElseThrow()
                    .threadId();
            long begin = System.nanoTime();
            long used = beans.getThreadCpuTime(thread);
            roundTrips(socket, 30);
            double share = (beans.getThreadCpuTime(thread) - used) / (double) (System.nanoTime() - begin);
            assertTrue(share < 0.25, "share of a processor: " + share);
        }
    }
}
