package dev.memfuse.target.jmx;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.memfuse.metrics.EventMark;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.target.FoundTarget;
import dev.memfuse.target.LocalJvm;
import dev.memfuse.target.PoolChange;
import dev.memfuse.target.PoolReading;
import dev.memfuse.target.PoolSetting;
import dev.memfuse.target.Target;
import dev.memfuse.target.TargetAddress;
import dev.memfuse.target.TargetException;
import dev.memfuse.target.TargetSample;
import dev.memfuse.target.TargetSession;
import dev.memfuse.target.TargetState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Another JVM with HikariCP, reached by its process: found, read, changed, stopped, killed and started again.
@Tag("db")
class JmxTargetsDbTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static TestDatabase database;
    private final JmxTargets targets = new JmxTargets();
    private final List<TargetChild> children = new ArrayList<>();

    @BeforeAll
    static void create() throws SQLException {
        database = TestServer.newDatabase();
    }

    @AfterAll
    static void drop() throws SQLException {
        TestServer.drop(database);
    }

    @AfterEach
    void close() {
        targets.close();
        children.forEach(TargetChild::close);
    }

    private TargetChild child(List<String> options, String... pools) throws IOException {
        TargetChild child = TargetChild.start(database, options, pools);
        children.add(child);
        return child;
    }

    private TargetSession connect(long pid) {
        return targets.connect(new Target(new TargetAddress.Local(pid)));
    }

    private TargetSession connected(TargetChild child) throws InterruptedException {
        TargetSession session = connect(child.pid());
        assertInstanceOf(TargetState.Connected.class, session.awaitOutcome(PATIENCE));
        return session;
    }

    private String refused(long pid) throws InterruptedException {
        TargetSession session = connect(pid);
        return assertInstanceOf(TargetState.Refused.class, session.awaitOutcome(PATIENCE)).reason();
    }

    private static Optional<PoolReading> newest(TargetSession session, String pool) {
        List<TargetSample> samples = session.samplesAfter(0);
        return samples.isEmpty() ? Optional.empty() : samples.getLast().pool(pool);
    }

    private static void awaitPool(TargetSession session, String pool, Predicate<PoolReading> condition) {
        await("pool " + pool, () -> newest(session, pool).filter(condition).isPresent());
    }

    @Test
    void aJvmIsFoundByItsMainClassWithItsPoolsAndWithoutItsArguments() throws Exception {
        TargetChild child = child(List.of(), "orders", "reports");

        LocalJvm found = targets.list().stream().filter(jvm -> jvm.pid() == child.pid()).findFirst().orElseThrow();
        FoundTarget asked = targets.ask(List.of(found)).getFirst();

        assertEquals(TargetChild.class.getName(), found.name());
        assertFalse(found.user().isEmpty());
        assertEquals(List.of("orders", "reports"), asked.pools(), asked.problem());
        assertTrue(targets.list().stream().noneMatch(jvm -> jvm.pid() == ProcessHandle.current().pid()));
    }

    @Test
    void gaugesSettingsHeapAndProcessorAreReadTenTimesASecond() throws Exception {
        TargetChild child = child(List.of(), "orders", "reports");
        TargetSession session = connected(child);
        child.take("orders", 3);

        awaitPool(session, "orders", pool -> pool.active() == 3 && pool.total() >= 3);
        await("a second", () -> session.samplesAfter(0).size() > 25);

        TargetSample last = session.samplesAfter(0).getLast();
        assertEquals(List.of("orders", "reports"), last.pools().stream().map(PoolReading::name).toList());
        assertEquals(0, last.pool("reports").orElseThrow().active());
        assertEquals(6, last.pool("orders").orElseThrow().maximum());
        assertEquals(30_000, last.pool("orders").orElseThrow().settings().get(PoolSetting.CONNECTION_TIMEOUT));
        assertEquals(PoolSetting.values().length, last.pool("orders").orElseThrow().settings().size());
        assertTrue(last.jvm().heapUsed() > 1_000_000 && last.jvm().heapMax() >= last.jvm().heapUsed(),
                last.jvm().toString());
        assertTrue(last.jvm().processor() >= 0 && last.jvm().processor() <= 1, last.jvm().toString());
        TargetSample first = session.samplesAfter(0).getFirst();
        double seconds = Duration.between(first.at(), last.at()).toMillis() / 1e3;
        assertEquals(session.samplesAfter(0).size() - 1, seconds * TargetSession.RATE,
                (session.samplesAfter(0).size() - 1) * 0.5);
        assertTrue(session.cost().p50Nanos() > 0 && session.cost().roundTrips() >= 2, session.cost().toString());
        assertEquals(List.of(), session.samplesAfter(Long.MAX_VALUE));
        assertEquals(child.pid(), assertInstanceOf(TargetState.Connected.class, session.state()).jvm().pid());
    }

    @Test
    void bothStylesOfNamesAreRead() throws Exception {
        TargetChild child = child(List.of("-Dhikaricp.jmx.register2.0=true"), "orders", "the second (old)");
        TargetSession session = connected(child);

        awaitPool(session, "orders", pool -> pool.maximum() == 6);
        awaitPool(session, "the second (old)", pool -> pool.maximum() == 6);
    }

    @Test
    void changesAreLockedAndThenSayTheValueBeforeAndTheRefusalOfTheTarget() throws Exception {
        TargetChild child = child(List.of(), "orders", "reports");
        TargetSession session = connected(child);
        PoolChange larger = new PoolChange.Set(PoolSetting.MAXIMUM_POOL_SIZE, 9);
        assertEquals("Changes of this target are locked. Allow them first.",
                assertThrows(TargetException.class, () -> session.change("orders", larger)).getMessage());
        assertEquals(List.of(), session.marks());

        session.unlock(true);
        PoolChange.Done done = session.change("orders", larger);
        PoolChange.Done timeout = session.change("orders", new PoolChange.Set(PoolSetting.CONNECTION_TIMEOUT, 5_000));

        assertEquals("6", done.before());
        assertEquals("9", done.after());
        assertEquals("connectionTimeout: 30000 ms → 5000 ms, pool orders", timeout.text());
        awaitPool(session, "orders", pool -> pool.maximum() == 9);
        child.take("orders", 8);
        awaitPool(session, "orders", pool -> pool.active() == 8);
        assertEquals(6, newest(session, "reports").orElseThrow().maximum());
        assertEquals(List.of(EventMark.Kind.CHANGE, EventMark.Kind.CHANGE),
                session.marks().stream().map(EventMark::kind).toList());
        String refusal = refusal(session, "orders", new PoolChange.Set(PoolSetting.CONNECTION_TIMEOUT, 1));
        assertTrue(refusal.startsWith("The target refuses for pool orders: connectionTimeout cannot be less than"),
                refusal);
        String suspension = refusal(session, "reports", new PoolChange.Suspend());
        assertTrue(suspension.contains("is not suspendable"), suspension);
        assertThrows(TargetException.class, () -> session.change("gone", new PoolChange.Resume()));
    }

    private static String refusal(TargetSession session, String pool, PoolChange change) {
        return String.valueOf(assertThrows(TargetException.class, () -> session.change(pool, change)).getMessage());
    }

    @Test
    void aPoolIsSuspendedResumedAndItsConnectionsReplaced() throws Exception {
        TargetChild child = child(List.of(), "orders");
        TargetSession session = connected(child);
        session.unlock(true);
        child.take("orders", 2);
        awaitPool(session, "orders", pool -> pool.active() == 2);

        PoolChange.Done suspended = session.change("orders", new PoolChange.Suspend());
        session.change("orders", new PoolChange.Resume());
        child.take("orders", 1);
        PoolChange.Done evicted = session.change("orders", new PoolChange.SoftEvict());

        assertTrue(suspended.text().startsWith("suspended: pool orders, 2 in use"), suspended.text());
        assertTrue(evicted.before().startsWith("3 in use"), evicted.before());
        child.take("orders", 0);
        awaitPool(session, "orders", pool -> pool.active() == 0);
    }

    @Test
    void aStoppedJvmIsAwayLockedAndBackWhenItGoesOn() throws Exception {
        TargetChild child = child(List.of(), "orders");
        TargetSession session = connected(child);
        session.unlock(true);
        awaitPool(session, "orders", pool -> true);

        child.signal("STOP");
        await("away", () -> session.state() instanceof TargetState.Lost);
        String reason = ((TargetState.Lost) session.state()).reason();
        assertTrue(reason.contains("does not answer"), reason);
        assertFalse(session.unlocked());
        long last = session.samplesAfter(0).getLast().sequence();
        child.signal("CONT");

        await("back", () -> session.state() instanceof TargetState.Connected);
        await("samples", () -> !session.samplesAfter(last).isEmpty());
        assertEquals(List.of("away", "back"),
                session.marks().stream().map(mark -> mark.text().split(":", 2)[0]).toList());
    }

    @Test
    void aKilledJvmIsAwayAndItsSuccessorWithTheSameCommandIsConnected() throws Exception {
        TargetChild child = child(List.of(), "orders");
        TargetSession session = connected(child);
        awaitPool(session, "orders", pool -> true);

        child.kill();
        await("away", () -> session.state() instanceof TargetState.Lost lost
                && lost.reason().contains("has ended, and no other JVM runs with the same command"));
        TargetChild next = child(List.of(), "orders");

        await("back", () -> session.state() instanceof TargetState.Connected);
        assertNotEquals(child.pid(), next.pid());
        assertEquals(next.pid(), ((TargetState.Connected) session.state()).jvm().pid());
        next.take("orders", 4);
        awaitPool(session, "orders", pool -> pool.active() == 4);
    }

    @Test
    @Tag("slow")
    void aStoppedJvmThatWasNeverAttachedToIsRefusedInTimeAndLaterConnected() throws Exception {
        TargetChild child = child(List.of(), "orders");
        child.signal("STOP");
        long start = System.nanoTime();

        String first = refused(child.pid());
        String second = refused(child.pid());

        assertTrue(first.contains("does not answer within 5 s"), first);
        assertTrue(second.contains("does not answer within 5 s"), second);
        assertTrue(System.nanoTime() - start < PATIENCE.toNanos());
        child.signal("CONT");
        await("connected", () -> {
            try (TargetSession session = connect(child.pid())) {
                return session.awaitOutcome(PATIENCE) instanceof TargetState.Connected;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void whatCannotBeAttachedToGetsASentence() throws Exception {
        TargetChild closed = child(List.of("-XX:+DisableAttachMechanism"), "orders");
        assertTrue(targets.list().stream().noneMatch(jvm -> jvm.pid() == closed.pid()));
        assertTrue(refused(closed.pid()).contains("refuses to be attached to (-XX:+DisableAttachMechanism)"),
                refused(closed.pid()));
        closed.take("orders", 1);

        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            assertEquals("Process " + other.pid() + " is no JVM.", refused(other.pid()));
            assertTrue(other.isAlive(), "a process that is no JVM gets no signal");
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertEquals("There is no process " + other.pid() + ".", refused(other.pid()));
        assertTrue(refused(ProcessHandle.current().pid()).contains("is this program"));
    }

    @Test
    void aClosedSessionReadsNoMore() throws Exception {
        TargetSession session = connected(child(List.of(), "orders"));
        awaitPool(session, "orders", pool -> true);

        session.close();

        assertEquals(new TargetState.Closed(), session.state());
        assertThrows(TargetException.class, () -> session.change("orders", new PoolChange.SoftEvict()));
    }
}
