package dev.memfuse.console.chart;

import dev.memfuse.console.chart.data.Polyline;

import io.fair_acc.dataset.DataSet;
import io.fair_acc.dataset.DataSet2D;
import io.fair_acc.dataset.events.ChartBits;
import io.fair_acc.dataset.locks.DataSetLock;
import io.fair_acc.dataset.spi.AbstractDataSet;

/// Adapts one [Polyline] to a data set of ChartFX. FX thread only.
@SuppressWarnings({"serial", "unchecked"})
final class LineDataSet extends AbstractDataSet<LineDataSet> implements DataSet2D {
    private final transient Polyline line = new Polyline();

    LineDataSet(String name) {
        super(name, 2);
        getAxisDescription(DIM_X).set(0, 1);
        getAxisDescription(DIM_Y).set(0, 1);
    }

    Polyline line() {
        return line;
    }

    /// Notifies the chart of a change of the line.
    void changed() {
        fireInvalidated(ChartBits.DataSetDataAdded);
    }

    @Override
    public int getDataCount() {
        return line.size();
    }

    @Override
    public double get(int dimension, int index) {
        return dimension == DIM_X ? line.x(index) : line.y(index);
    }

    @Override
    public DataSet set(DataSet other, boolean copy) {
        throw new UnsupportedOperationException("The line is filled by the reduction only");
    }

    /// Does nothing: the axes of the chart set their own ranges and do not use the limits of the data set.
    @Override
    public DataSet recomputeLimits(int dimension) {
        return this;
    }

    @Override
    public DataSetLock<? extends DataSet> lock() {
        return new FxOnlyLock<>(this);
    }
}
