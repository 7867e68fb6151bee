package dev.memfuse.console.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.pool.PoolViewModel.Action;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.pool.ConnectionPools.Lease;
import dev.memfuse.metrics.pool.ConnectionPools.Snapshot;
import dev.memfuse.metrics.pool.LeaseTimes.Distribution;
import dev.memfuse.metrics.pool.LeaseTimes.Kind;
import org.junit.jupiter.api.Test;

/// Leases, time-outs and actions of the Pool page.
class PoolViewModelTest {
    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    private final LiveTunables tunables = new LiveTunables(new ConfigLoader().load());
    private final SamplePools pools = new SamplePools();
    private final PoolViewModel model = new PoolViewModel(hub, tunables,
            new PageTools(new DirectTaskRunner(), _ -> {}));

    @Test
    void withoutAPoolThePageSaysWhenItOpens() {
        model.refresh();
        assertInstanceOf(PageState.Empty.class, model.stateProperty().get());
        model.ask(Action.SUSPEND);
        assertEquals("There is no pool yet.", model.problemProperty().get());
        hub.connectionPools(pools);

        model.refresh();
        assertEquals("", model.problemProperty().get());

        assertEquals(PageState.READY, model.stateProperty().get());
        assertEquals(2, model.leases().size());
    }

    @Test
    void theLeasesOfATimeOutStayAsTheyWere() {
        hub.connectionPools(pools);
        pools.freeze();
        model.refresh();
        Snapshot frozen = model.frozen().getFirst();
        List<Lease> then = List.copyOf(model.leases());

        model.chosenProperty().set(Optional.of(frozen));
        pools.leases = List.of();
        model.refresh();
        assertEquals(then, model.leases());
        assertTrue(model.leasesNoteProperty().get().contains("14 in use, 6 idle, 2 waiting, limit 30"),
                model.leasesNoteProperty().get());
        model.chosenProperty().set(Optional.empty());

        assertEquals(List.of(), model.leases());
    }

    @Test
    void eachActionSaysItsEffectAndDoesNothingBeforeItIsConfirmed() {
        hub.connectionPools(pools);
        hub.leaseTimes().record(Kind.CONNECT, 4_000_000);
        model.refresh();

        model.ask(Action.SOFT_EVICT);
        assertTrue(model.effectProperty().get().startsWith("Closes 6 idle connections now, and the 14 in use when they "
                + "return. The next requests open new ones, about 4"), model.effectProperty().get());
        model.cancel();
        model.confirm();
        model.ask(Action.SUSPEND);
        assertTrue(model.effectProperty().get().contains("fail after 5,000 ms"), model.effectProperty().get());
        assertEquals(List.of(), pools.done);
        model.confirm();
        model.ask(Action.RESUME);
        model.confirm();
        model.ask(Action.SOFT_EVICT);
        model.confirm();

        assertEquals(List.of("suspend", "resume", "evict memfuse"), pools.done);
        assertNull(model.askedProperty().get());
    }

    @Test
    void thePoolOfTheStandbysIsChosenWithItsLeasesTimesAndScope() {
        hub.connectionPools(pools);
        hub.leaseTimes().record(Kind.HOLD, 9_000_000);
        hub.replicaPool().leased(1_000, 2_000_000);
        model.refresh();
        assertEquals("", model.shownProperty().get());
        pools.openStandbys();
        model.refresh();
        model.sample();
        assertEquals("Shown: memfuse, the primary server. Select the other pool above.", model.shownProperty().get());
        assertEquals(2, model.leases().size());
        assertEquals(14, model.scope().columns(300).activeMax[299]);

        model.poolProperty().set("memfuse-replica");

        assertEquals(List.of(99), model.leases().stream().map(Lease::backendPid).toList());
        assertEquals(3, model.scope().columns(300).activeMax[299]);
        assertEquals(2_000_000, model.timesProperty().get().getOrDefault(Kind.HOLD, Distribution.NONE).max(), 50_000);
        assertEquals("Shown: memfuse-replica, reads from standbys. Select the other pool above.",
                model.shownProperty().get());
        pools.standbys = false;
        model.refresh();
        assertEquals(2, model.leases().size(), "a pool that is closed is not shown any more");
    }

    @Test
    void thePoolOfTheStandbysIsReplacedAloneAndNeverSuspended() {
        hub.connectionPools(pools);
        pools.openStandbys();
        model.refresh();
        model.poolProperty().set("memfuse-replica");

        model.ask(Action.SUSPEND);
        assertTrue(model.problemProperty().get().startsWith("Only the pool of the primary server"),
                model.problemProperty().get());
        model.ask(Action.SOFT_EVICT);
        assertTrue(model.effectProperty().get().startsWith("Closes 7 idle connections now, and the 3 in use"),
                model.effectProperty().get());
        model.confirm();

        assertEquals(List.of("evict memfuse-replica"), pools.done);
    }

    @Test
    void aResizeChangesTheSettingsAndAWrongNumberIsNamed() {
        hub.connectionPools(pools);
        model.refresh();
        model.minimumProperty().set("x");
        model.ask(Action.RESIZE);
        assertTrue(model.problemProperty().get().length() > 5);
        assertNull(model.askedProperty().get());
        model.minimumProperty().set("4");
        model.overflowProperty().set("6");
        model.refresh();
        assertEquals("", model.problemProperty().get());

        model.ask(Action.RESIZE);
        assertEquals("Keeps 4 connections open and opens at most 10, instead of 20 and 30. 14 are in use: those above "
                + "close when they return.", model.effectProperty().get());
        model.confirm();

        assertEquals(4, tunables.get().postgres().poolSize());
        assertEquals(10, tunables.get().postgres().maximumPoolSize());
    }

    @Test
    void aSizeThatIsTypedDuringTheQuestionWithdrawsIt() {
        hub.connectionPools(pools);
        model.refresh();
        model.minimumProperty().set("4");
        model.ask(Action.RESIZE);

        model.minimumProperty().set("9");

        assertNull(model.askedProperty().get());
        model.confirm();
        assertNotEquals(9, tunables.get().postgres().poolSize());
    }

    @Test
    void theScopeKeepsAPeakOfOneSample() {
        PoolScope scope = new PoolScope();
        for (int i = 0; i < 5_000; i++) {
            scope.add(i == 4_900 ? 30 : 2, i == 4_901 ? 9 : 0, 30);
        }

        PoolScope.Columns columns = scope.columns(300);

        List<Integer> peaks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (columns.activeMax[i] == 30) {
                peaks.add(i);
                assertEquals(2, columns.activeMin[i]);
            }
        }
        assertEquals(1, peaks.size());
        assertEquals(30, columns.top);
        assertEquals(0, columns.first);
        scope.clear();
        assertEquals(300, scope.columns(300).first);
    }

    @Test
    void copiedRowsAreALineEachWithTabs() {
        String text = model.table(pools.leases);

        assertEquals(3, text.lines().count());
        assertTrue(text.lines().allMatch(line -> line.split("\t", -1).length == 11), text);
    }
}
