package dev.memfuse.store.pool;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.fault.Fault;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.fault.NetworkService;
import dev.memfuse.metrics.WorkStats;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The pool behind the network, on a real server.
@Tag("db")
class NetworkDbTest {
    private static final long MILLI = 1_000_000;

    private EngineFixture fixture;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private long ask() {
        return fixture.database().withConnection("ask",
                connection -> Statements.query(connection, row -> row.getLong(1), "SELECT 7").getFirst());
    }

    /// Returns the nanoseconds of some repetitions, shortest first.
    private static long[] times(Runnable work) {
        work.run();
        return LongStream.range(0, 20).map(_ -> {
            long begin = System.nanoTime();
            work.run();
            return System.nanoTime() - begin;
        }).sorted().toArray();
    }

    @Test
    void eachRoundTripToAnotherZoneCostsAtLeastTwoMilliseconds() {
        long[] local = times(this::ask);
        fixture.network().apply(NetworkProfile.OTHER_ZONE, "test");

        long[] zone = times(this::ask);

        assertTrue(zone[0] >= 2 * MILLI, zone[0] + " ns");
        assertTrue(zone[5] >= local[0] + 2 * MILLI, zone[5] + " ns after " + local[0] + " ns");
        assertTrue(zone[5] < local[5] + 20 * MILLI, zone[5] + " ns after " + local[5] + " ns");
    }

    @Test
    void backToTheLocalNetworkConnectionsAreDirectAgain() {
        fixture.network().apply(NetworkProfile.OTHER_REGION, "test");
        ask();
        fixture.network().apply(NetworkProfile.LOCAL, "test");

        assertTrue(times(this::ask)[5] < 30 * MILLI);
        await("no connection leads through the proxy", () -> fixture.network().connections() == 0);
    }

    @Test
    void theNetworkChargesWhatConsolidationSaves() {
        SessionKey session = fixture.newSession("anna");
        fixture.engine().addBatch(session, messages("The cat sleeps on the roof"));
        fixture.set("network.round_trip=0.02", "queries.consolidated=true");
        long consolidated = times(() -> list(session))[5];

        fixture.set("queries.consolidated=false");
        long separate = times(() -> list(session))[5];

        // Four statements instead of one, at 20 ms each.
        assertTrue(consolidated >= 20 * MILLI, consolidated + " ns");
        assertTrue(separate >= 80 * MILLI && separate >= consolidated + 40 * MILLI,
                separate + " ns after " + consolidated + " ns");
    }

    private void list(SessionKey session) {
        assertEquals(1, fixture.engine().messages(session, 10, Order.OLDEST_FIRST).size());
    }

    @Test
    void theEngineRecoversFromEachFault() {
        try (NetworkService.Hold _ = fixture.network().hold()) {
            ask();
            assertTrue(fixture.network().connections() > 0);
            SessionKey session = fixture.newSession("bert");
            for (Fault.Kind kind : new Fault.Kind[]{Fault.Kind.RESET, Fault.Kind.STOP, Fault.Kind.BLACK_HOLE}) {
                Fault fault = new Fault(kind);
                fixture.network().begin(fault);
                CompletableFuture<Void> during = CompletableFuture.runAsync(this::ask, Thread::startVirtualThread);
                during.exceptionally(_ -> null).completeOnTimeout(null, 300, TimeUnit.MILLISECONDS).join();
                fixture.network().end(fault);
                await("after " + kind, () -> {
                    try {
                        return ask() == 7;
                    } catch (RuntimeException e) {
                        return false;
                    }
                });
                fixture.engine().addBatch(session, messages("after " + kind));
            }
            fixture.engine().flush();
            assertEquals(3, fixture.count("SELECT count(*) FROM messages WHERE user_id = ?", session.userId()));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachOfSeveralHostsHasAProxyAndTheDeadOneIsSkipped() throws Exception {
        int dead;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = free.getLocalPort();
        }
        DatabaseTarget target = fixture.database().target();
        String url = target.url().replace("//", "//127.0.0.1:" + dead + ",");
        fixture.network().apply(NetworkProfile.SAME_ZONE, "test");
        DatabaseTarget several = new DatabaseTarget(url, target.user(), target.password())
                .through(fixture.network()::route, new WorkStats());
        try (Connection connection = several.connections("test").getConnection()) {
            assertEquals(7, Statements.query(connection, row -> row.getInt(1), "SELECT 7").getFirst());
            assertTrue(fixture.network().connections() > 0);
        }
    }

    @Test
    void aConnectionOfAClosedNetworkSaysSo() {
        DatabaseTarget target = fixture.database().target();
        DatabaseTarget broken = new DatabaseTarget(target.url(), target.user(), target.password(),
                new RoutedSocketFactory.Registered("0", server -> server, new WorkStats()), false);
        SQLException refused = assertThrows(SQLException.class,
                () -> broken.connections("test").getConnection().close());
        assertTrue(String.valueOf(refused.getCause()).contains("The network of this connection is closed."),
                refused.toString());
    }
}
