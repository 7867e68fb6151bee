package dev.memfuse.console.chart;

import java.util.function.Supplier;

import io.fair_acc.dataset.DataSet;
import io.fair_acc.dataset.locks.DataSetLock;

/// A lock without effect, for data sets that only the FX thread uses.
///
/// ChartFX holds the read lock of a data set from the time the chart enters a scene until the next frame. A write on
/// the FX thread in between would deadlock on the lock that its own thread holds.
///
/// @param <D> the data set
@SuppressWarnings("serial")
final class FxOnlyLock<D extends DataSet> implements DataSetLock<D> {
    private final transient D dataSet;

    FxOnlyLock(D dataSet) {
        this.dataSet = dataSet;
    }

    @Override
    public D readLock() {
        return dataSet;
    }

    @Override
    public D readUnLock() {
        return dataSet;
    }

    @Override
    public D writeLock() {
        return dataSet;
    }

    @Override
    public D writeUnLock() {
        return dataSet;
    }

    @Override
    public D readLockGuard(Runnable reading) {
        reading.run();
        return dataSet;
    }

    @Override
    public <R> R readLockGuard(Supplier<R> reading) {
        return reading.get();
    }

    @Override
    public D readLockGuardOptimistic(Runnable reading) {
        reading.run();
        return dataSet;
    }

    @Override
    public <R> R readLockGuardOptimistic(Supplier<R> reading) {
        return reading.get();
    }

    @Override
    public D writeLockGuard(Runnable writing) {
        writing.run();
        return dataSet;
    }

    @Override
    public <R> R writeLockGuard(Supplier<R> writing) {
        return writing.get();
    }
}
