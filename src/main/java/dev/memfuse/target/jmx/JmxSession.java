package dev.memfuse.target.jmx;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import dev.memfuse.background.BackgroundLoop;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.target.PollCost;
import dev.memfuse.target.PoolChange;
import dev.memfuse.target.PoolReading;
import dev.memfuse.target.Target;
import dev.memfuse.target.TargetException;
import dev.memfuse.target.TargetException.Kind;
import dev.memfuse.target.TargetJvm;
import dev.memfuse.target.TargetSample;
import dev.memfuse.target.TargetSession;
import dev.memfuse.target.TargetState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Polls one target on a loop of its own.
final class JmxSession implements TargetSession {
    private static final Logger LOG = LoggerFactory.getLogger(JmxSession.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration CHANGE = Duration.ofSeconds(5);
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1) / RATE;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int LONGEST_RETRY = 5;

    private final Target target;
    private final Endpoint endpoint;
    private final SessionRecord record;
    private final PollMeter meter = new PollMeter();
    private final BackgroundLoop loop = new BackgroundLoop("target-poll", this::turn);
    private final Consumer<JmxSession> onClose;
    private volatile @Nullable JmxConnection connection;
    private volatile boolean unlocked;
    private volatile boolean readAll;

    // Of the loop.
    private @Nullable PoolPoller poller;
    private @Nullable TargetJvm jvm;
    private @Nullable Instant lostAt;
    private long due = System.nanoTime();
    private long allReadAt;
    private int attempts;

    /// @param onClose called when the session is closed
    JmxSession(Target target, LocalAttach attach, Clock clock, Consumer<JmxSession> onClose) {
        this.target = target;
        this.endpoint = new Endpoint(target, attach);
        this.record = new SessionRecord(clock);
        this.onClose = onClose;
    }

    void start() {
        loop.start();
    }

    private boolean turn() throws InterruptedException {
        long wait = due - System.nanoTime();
        if (wait > 0) {
            loop.parkNanos(wait);
            return true;
        }
        PoolPoller current = poller;
        if (current == null) {
            return connect();
        }
        poll(current);
        return true;
    }

    private boolean connect() throws InterruptedException {
        try {
            String url = loop.await(endpoint::url);
            JmxConnection opened = within(CONNECT, () -> JmxConnection.open(url, endpoint.target()));
            try {
                connected(opened, within(POLL, () -> opened.jvm(endpoint.name())));
            } catch (TargetException | InterruptedException e) {
                opened.close();
                throw e;
            }
            return true;
        } catch (TargetException e) {
            return failed(e);
        }
    }

    private void connected(JmxConnection opened, TargetJvm found) {
        jvm = found;
        connection = opened;
        poller = new PoolPoller(opened);
        readAll = true;
        attempts = 0;
        Instant now = record.clock().instant();
        if (lostAt != null) {
            record.mark(EventMark.Kind.ENGINE, "back: " + found.label());
            lostAt = null;
        }
        record.become(new TargetState.Connected(found, now));
        LOG.info("Target: connected to {}, {}", found.label(), found.version());
        if (loop.closed()) {
            opened.close();
        }
    }

    /// Ends the session when the target was never connected; tries again later when it was.
    private boolean failed(TargetException failure) {
        TargetJvm known = jvm;
        Instant since = lostAt;
        if (known == null || since == null) {
            LOG.info("Target: not connected. {}", failure.getMessage());
            record.become(new TargetState.Refused(sentence(failure)));
            return false;
        }
        record.become(new TargetState.Lost(known, since, sentence(failure)));
        attempts = Math.min(attempts + 1, LONGEST_RETRY);
        due = System.nanoTime() + attempts * SECOND;
        return true;
    }

    private void poll(PoolPoller current) throws InterruptedException {
        long began = System.nanoTime();
        boolean all = readAll || began - allReadAt >= SECOND;
        try {
            List<PoolReading> pools = within(POLL, () -> current.poll(all));
            record.add(pools, current.jvm());
            if (all) {
                readAll = false;
                allReadAt = began;
            }
        } catch (TargetException e) {
            lost(e);
            return;
        }
        long now = System.nanoTime();
        due = Math.max(due, began - PERIOD) + PERIOD;
        long left = Math.max(0, (now - due) / PERIOD);
        due += left * PERIOD;
        meter.polled(began, now - began, current.roundTrips(), left);
    }

    private void lost(TargetException failure) {
        TargetJvm known = Objects.requireNonNull(jvm);
        Instant now = record.clock().instant();
        lostAt = now;
        poller = null;
        JmxConnection broken = connection;
        connection = null;
        unlocked = false;
        if (broken != null) {
            broken.close();
        }
        record.mark(EventMark.Kind.ENGINE, "away: " + sentence(failure));
        record.become(new TargetState.Lost(known, now, sentence(failure)));
        LOG.warn("Target: {} is away. {}", known.label(), failure.getMessage());
        due = System.nanoTime() + SECOND / 2;
    }

    private static String sentence(TargetException failure) {
        return String.valueOf(failure.getMessage());
    }

    /// Runs a call with a time limit, as a wait of the loop.
    private <T> T within(Duration limit, Callable<T> work) throws InterruptedException {
        return loop.await(() -> {
            try {
                return TimedCalls.within(limit, work);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw JmxFailures.of(endpoint.target(), limit, e);
            }
        });
    }

    @Override
    public PoolChange.Done change(String pool, PoolChange change) {
        JmxConnection open = connection;
        if (open == null) {
            throw new TargetException(Kind.GONE, "The target is not connected.");
        }
        if (!unlocked) {
            throw new TargetException(Kind.REFUSED, "Changes of this target are locked. Allow them first.");
        }
        PoolChange.Done done = apply(open, pool, change);
        record.mark(EventMark.Kind.CHANGE, done.text());
        LOG.info("Target: changed. {}", done.text());
        readAll = true;
        return done;
    }

    private PoolChange.Done apply(JmxConnection open, String pool, PoolChange change) {
        try {
            return TimedCalls.within(CHANGE, () -> PoolChanges.apply(open.server(), pool, change));
        } catch (TimeoutException e) {
            throw new TargetException(Kind.SILENT, "The target has not confirmed the change within "
                    + CHANGE.toSeconds() + " s and may still make it. A suspension waits for requests under way.", e);
        } catch (TargetException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException(Kind.SILENT, "The change was interrupted; the target may still make it.", e);
        } catch (IOException | SecurityException e) {
            throw JmxFailures.of(target, CHANGE, e);
        } catch (Exception e) {
            throw JmxFailures.refusal(pool, e);
        }
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public TargetState state() {
        return record.state();
    }

    @Override
    public List<TargetSample> samplesAfter(long sequence) {
        return record.samplesAfter(sequence);
    }

    @Override
    public List<EventMark> marks() {
        return record.marks();
    }

    @Override
    public PollCost cost() {
        return meter.cost();
    }

    @Override
    public boolean unlocked() {
        return unlocked;
    }

    @Override
    public void unlock(boolean on) {
        unlocked = on && connection != null;
    }

    @Override
    public TargetState awaitOutcome(Duration limit) throws InterruptedException {
        return record.awaitOutcome(limit);
    }

    @Override
    public void close() {
        record.become(new TargetState.Closed());
        loop.close();
        unlocked = false;
        JmxConnection open = connection;
        if (open != null) {
            open.close();
        }
        onClose.accept(this);
    }
}
