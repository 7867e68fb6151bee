package dev.memfuse.console.target;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.target.FoundTarget;
import dev.memfuse.target.JvmReading;
import dev.memfuse.target.LocalJvm;
import dev.memfuse.target.PollCost;
import dev.memfuse.target.PoolChange;
import dev.memfuse.target.PoolReading;
import dev.memfuse.target.PoolSetting;
import dev.memfuse.target.Target;
import dev.memfuse.target.TargetAddress;
import dev.memfuse.target.TargetException;
import dev.memfuse.target.TargetJvm;
import dev.memfuse.target.TargetSample;
import dev.memfuse.target.TargetSession;
import dev.memfuse.target.TargetState;
import dev.memfuse.target.Targets;

/// Three JVMs, of which one has two pools. The test sets the state of the session.
public final class SampleTargets implements Targets {
    /// Identity of the JVM of the session.
    public static final TargetJvm JVM = new TargetJvm("org.example.orders.OrderService", 4711,
            "OpenJDK 64-Bit Server VM 25.0.1+8-LTS");
    private static final List<LocalJvm> JVMS = List.of(new LocalJvm(4711, JVM.name(), "someone"),
            new LocalJvm(5120, "gateway.jar", "someone"), new LocalJvm(6033, "org.example.Batch", "someone"));
    /// The JVMs of the list.
    public List<LocalJvm> jvms = JVMS;
    /// The session of the last connection.
    public final SampleSession session = new SampleSession();
    int connections;
    private boolean closed;

    @Override
    public List<LocalJvm> list() {
        return jvms;
    }

    @Override
    public List<FoundTarget> find() {
        return jvms
                .stream().map(jvm -> new FoundTarget(jvm, jvm.pid() == 4711 ? List.of("orders", "reports") : List.of(),
                        jvm.pid() == 6033
                                ? "Process 6033 does not answer within 5 s. It may be stopped or very busy; try "
                                        + "again when it runs."
                                : ""))
                .toList();
    }

    @Override
    public TargetSession connect(Target target) {
        session.target = target;
        connections++;
        return session;
    }

    /// Connects on the Targets page among the pages of a window. FX thread.
    public void connect(List<Page> pages) {
        Node page = pages.stream().filter(one -> one.id().equals("targets")).map(Page::view).findFirst()
                .orElseThrow();
        ((TextField) OnFx.node(page, "address")).setText("4711");
        ((Button) OnFx.node(page, "connect")).fire();
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    /// A session whose state and samples the test sets.
    public static final class SampleSession implements TargetSession {
        private final Clock clock = SteadyClock.process();
        private final List<TargetSample> samples = new ArrayList<>();
        /// Marks, oldest first.
        public final List<EventMark> marks = new ArrayList<>();
        private final Map<PoolSetting, Long> settings = new EnumMap<>(PoolSetting.class);
        private Target target = new Target(new TargetAddress.Local(4711));
        /// State of the connection.
        public volatile TargetState state = new TargetState.Connecting();
        /// Sentence with which the target refuses every change; empty for none.
        public String refusal = "";
        private boolean unlocked;

        SampleSession() {
            settings.putAll(Map.of(PoolSetting.MAXIMUM_POOL_SIZE, 10L, PoolSetting.MINIMUM_IDLE, 4L,
                    PoolSetting.CONNECTION_TIMEOUT, 30_000L, PoolSetting.VALIDATION_TIMEOUT, 5_000L,
                    PoolSetting.IDLE_TIMEOUT, 600_000L, PoolSetting.MAX_LIFETIME, 1_800_000L,
                    PoolSetting.LEAK_DETECTION_THRESHOLD, 0L));
        }

        /// Becomes connected and has a minute of samples.
        public void fill() {
            Instant now = clock.instant();
            for (int i = 600; i >= 0; i--) {
                add(now.minusMillis(i * 100L), 600 - i);
            }
            state = new TargetState.Connected(JVM, now.minusSeconds(60));
        }

        /// Adds a sample of now.
        public void add() {
            add(clock.instant(), samples.size());
        }

        private void add(Instant at, int phase) {
            int active = (int) Math.round(6 + 4 * Math.sin(phase / 40.0));
            PoolReading orders = new PoolReading("orders", active, 10 - active, active > 9 ? 3 : 0, 10, settings);
            PoolReading reports = new PoolReading("reports", 2, 1, 0, 3, settings);
            samples.add(new TargetSample(samples.size() + 1, at, List.of(orders, reports),
                    new JvmReading(90_000_000L + phase % 100 * 600_000L, 268_435_456L, 536_870_912L,
                            0.2 + 0.1 * Math.sin(phase / 25.0)),
                    1));
        }

        @Override
        public Target target() {
            return target;
        }

        @Override
        public TargetState state() {
            return state;
        }

        @Override
        public List<TargetSample> samplesAfter(long sequence) {
            return List.copyOf(samples.subList((int) Math.min(sequence, samples.size()), samples.size()));
        }

        @Override
        public List<EventMark> marks() {
            return List.copyOf(marks);
        }

        @Override
        public PollCost cost() {
            return new PollCost(10, 27, 610_000, 1_420_000, 0);
        }

        @Override
        public boolean unlocked() {
            return unlocked;
        }

        @Override
        public void unlock(boolean on) {
            unlocked = on;
        }

        @Override
        public PoolChange.Done change(String pool, PoolChange change) {
            if (!refusal.isEmpty()) {
                throw new TargetException(TargetException.Kind.REFUSED, refusal);
            }
            String before = "10 in use, 0 idle, 3 waiting";
            String after = before;
            if (change instanceof PoolChange.Set set) {
                before = set.setting().format(settings.getOrDefault(set.setting(), 0L));
                settings.put(set.setting(), set.value());
                after = set.setting().format(set.value());
            }
            PoolChange.Done done = new PoolChange.Done(pool, change, before, after);
            marks.add(new EventMark(clock.instant(), EventMark.Kind.CHANGE, done.text()));
            add();
            return done;
        }

        @Override
        public TargetState awaitOutcome(Duration limit) {
            return state;
        }

        @Override
        public void close() {
            state = new TargetState.Closed();
        }
    }
}
