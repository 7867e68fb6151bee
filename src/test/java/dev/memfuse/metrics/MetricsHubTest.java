package dev.memfuse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class MetricsHubTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());

    @Test
    void countsAnOperationInsideAnotherOnce() {
        Trace outer = hub.begin(Operation.ADD);
        Trace inner = hub.begin(Operation.LIST);
        hub.end(inner, true);
        hub.end(outer, false);

        assertEquals(1, hub.latencyOf(Operation.ADD).getIntervalHistogram().getTotalCount());
        assertEquals(0, hub.latencyOf(Operation.LIST).getIntervalHistogram().getTotalCount());
        assertEquals(0, hub.takeErrors(Operation.LIST) + hub.takeErrors(Operation.ADD));
        assertEquals(1, hub.takeCallerOperations());
    }

    @Test
    void addsUpStagesOfCallersOnly() {
        for (Operation operation : List.of(Operation.ADD, Operation.FLUSH, Operation.EXTRACT)) {
            Trace trace = hub.begin(operation);
            Stage outer = trace.enter(Stage.SQL);
            trace.exit(outer);
            hub.end(trace, operation == Operation.FLUSH);
        }

        assertEquals(1, hub.takeCallerOperations());
        assertEquals(1, hub.takeErrors(Operation.FLUSH));
        assertEquals(0, hub.takeErrors(Operation.FLUSH));
        assertEquals(1, hub.latencyOf(Operation.EXTRACT).getIntervalHistogram().getTotalCount());
    }

    @Test
    void keepsTheHistoryOfTenMinutes() {
        for (int second = 0; second <= 900; second += 10) {
            hub.publish(SnapshotFeed.idle(START.plusSeconds(second)));
        }

        List<MetricsSnapshot> history = hub.history();

        assertEquals(START.plusSeconds(300), history.getFirst().at());
        assertEquals(START.plusSeconds(900), history.getLast().at());
        assertEquals(61, history.size());
    }

    @Test
    void limitsTheNumberOfSnapshots() {
        for (int i = 0; i < 13_000; i++) {
            hub.publish(SnapshotFeed.idle(START.plusMillis(i)));
        }

        assertEquals(12_000, hub.history().size());
        assertEquals(START.plusMillis(12_999), hub.history().getLast().at());
    }

    @Test
    void aSlowReaderLosesTheOldestSnapshotsAndCountsThem() {
        SnapshotInbox inbox = hub.subscribe(3);
        for (int second = 0; second < 5; second++) {
            hub.publish(SnapshotFeed.idle(START.plusSeconds(second)));
        }

        List<Instant> read = new ArrayList<>();
        for (MetricsSnapshot next = inbox.poll(); next != null; next = inbox.poll()) {
            read.add(next.at());
        }

        assertEquals(List.of(START.plusSeconds(2), START.plusSeconds(3), START.plusSeconds(4)), read);
        assertEquals(2, inbox.dropped());
    }

    @Test
    void aClosedInboxReceivesNothing() {
        SnapshotInbox inbox = hub.subscribe(3);
        inbox.close();
        inbox.close();
        hub.publish(SnapshotFeed.idle(START));

        assertNull(inbox.poll());
    }

    @Test
    void keepsTheLastThousandMarksAndNotifiesListeners() {
        List<String> received = new ArrayList<>();
        hub.mark(EventMark.Kind.LOAD, "before");
        hub.onMark(mark -> received.add(mark.text()));
        for (int i = 0; i < 1_001; i++) {
            hub.mark(EventMark.Kind.CHANGE, "change " + i);
        }

        assertEquals(1_000, hub.marks().size());
        assertEquals("change 1", hub.marks().getFirst().text());
        assertEquals(1_001, received.size());
        assertEquals("change 0", received.getFirst());
    }
}
