package dev.memfuse.console.database;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleFunction;

import javafx.scene.control.TableView;

import dev.memfuse.console.database.ServerActivity.Interval;
import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Meaning;
import dev.memfuse.engine.host.ServerView.Counter;

/// Columns of the table with the activity of the server. FX thread only.
final class ActivityColumns {
    private ActivityColumns() {}

    static void show(TableView<Interval> table) {
        table.getColumns().setAll(List.of(
                Columns.width(Columns.text("Until", row -> Formats.timeOfDay(row.until())), 80, 110),
                Columns.number("In memory", row -> text(row.hitShare(), Formats::percent)),
                Columns.number("Read/s", row -> rate(row, Counter.BLOCKS_READ)),
                Columns.number("Written/s", row -> rate(row, Counter.BLOCKS_WRITTEN)),
                Columns.number("Temp/s", row -> bytes(row, Counter.TEMPORARY_BYTES)),
                Columns.number("WAL/s", row -> bytes(row, Counter.WAL_BYTES)),
                Columns.number("Commits/s", row -> rate(row, Counter.COMMITS)),
                Columns.number("Rollbacks/s", row -> rate(row, Counter.ROLLBACKS)),
                Columns.number("Deadlocks", row -> count(row, Counter.DEADLOCKS)),
                Columns.width(Columns.text("Checkpoints", ActivityColumns::checkpoints), 150, 220)));
        Meaning.explain(table, List.of("End of the interval, which begins at the reading before.",
                "Share of the blocks of this database that were in shared_buffers: pg_stat_database."
                        + "blks_hit / (blks_hit + blks_read).",
                "Blocks of this database that were not in shared_buffers: pg_stat_database.blks_read.",
                "Blocks that the server wrote to tables and indexes of all databases: pg_stat_io.write_bytes / "
                        + "block_size, in PostgreSQL 16 and 17 writes; before: pg_stat_bgwriter."
                        + "buffers_checkpoint + buffers_clean + buffers_backend.",
                "Bytes of sorts and hashes that work_mem has no room for: pg_stat_database.temp_bytes.",
                "Write-ahead log of the whole server: difference of pg_current_wal_insert_lsn().",
                "pg_stat_database.xact_commit, those of this console too.", "pg_stat_database.xact_rollback.",
                "pg_stat_database.deadlocks, in this interval.",
                "Checkpoints in this interval: after checkpoint_timeout, pg_stat_checkpointer.num_timed, and because "
                        + "of max_wal_size or by request, num_requested; before PostgreSQL 17: pg_stat_bgwriter."
                        + "checkpoints_timed and checkpoints_req."));
    }

    private static String checkpoints(Interval row) {
        return row.growth(Counter.CHECKPOINTS_TIMED).isEmpty()
                ? Formats.NONE
                : count(row, Counter.CHECKPOINTS_TIMED) + " timed, " + count(row, Counter.CHECKPOINTS_REQUESTED)
                        + " req.";
    }

    private static String rate(Interval row, Counter counter) {
        return text(row.perSecond(counter), Formats::rate);
    }

    private static String bytes(Interval row, Counter counter) {
        return text(row.perSecond(counter), value -> Formats.size(Math.round(value)));
    }

    private static String count(Interval row, Counter counter) {
        OptionalLong value = row.growth(counter);
        return value.isEmpty() ? Formats.NONE : Formats.count(value.getAsLong());
    }

    private static String text(OptionalDouble value, DoubleFunction<String> format) {
        return value.isEmpty() ? Formats.NONE : format.apply(value.getAsDouble());
    }
}
