package dev.memfuse.bootstrap;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.memfuse.cli.terminal.LoadProgress;
import dev.memfuse.load.LoadRun;
import dev.memfuse.progress.Progress;

/// Waits for a load that runs without a window.
final class LoadWait {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private LoadWait() {}

    /// Blocks until a run has done a share of its time, or has ended.
    ///
    /// @param share 0..1
    /// @param progress is told the progress of the run until then
    /// @throws InterruptedException when the thread is interrupted; the run goes on
    static void untilShare(LoadRun run, double share, Consumer<Progress> progress) throws InterruptedException {
        LoadRun.Status now = run.progress();
        while (!run.ended() && now.elapsed().toNanos() < share * now.total().toNanos()) {
            progress.accept(LoadProgress.of(run));
            LockSupport.parkNanos(POLL_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            now = run.progress();
        }
    }
}
