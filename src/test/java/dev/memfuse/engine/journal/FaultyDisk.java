package dev.memfuse.engine.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

/// The disk of the operating system, except for calls that a test makes fail.
final class FaultyDisk implements Disk {
    /// Number of data forces, which appends wait for.
    final AtomicInteger forces = new AtomicInteger();
    /// Number of bytes written.
    final AtomicLong written = new AtomicLong();
    /// Number of forces of folders.
    final AtomicInteger folders = new AtomicInteger();
    private final Disk disk = new RealDisk();
    private final Queue<Checked> open = new ConcurrentLinkedQueue<>();
    private volatile boolean forced = true;
    private volatile BiPredicate<Call, Path> fails = (call, file) -> false;

    enum Call {
        WRITE,
        TRUNCATE,
        FORCE_DATA,
        FORCE_ALL,
        MOVE,
        FORCE_FOLDER
    }

    /// Makes the matching calls fail.
    void fail(BiPredicate<Call, Path> which) {
        fails = which;
    }

    /// Skips forces from now on. Without a loss of power the next opening reads the same files, and a test can open
    /// thousands of journals within seconds.
    void skipForces() {
        forced = false;
    }

    /// Makes all calls succeed again.
    void heal() {
        fails = (call, file) -> false;
    }

    private void check(Call call, Path file) throws IOException {
        if (fails.test(call, file)) {
            throw new IOException("failure at " + call);
        }
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        Checked opened = new Checked(file, disk.open(file));
        open.add(opened);
        return opened;
    }

    @Override
    public DiskFile openToRead(Path file) throws IOException {
        return disk.openToRead(file);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        check(Call.MOVE, to);
        disk.move(from, to);
        open.stream().filter(moved -> moved.file.equals(from)).forEach(moved -> moved.file = to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        check(Call.FORCE_FOLDER, folder);
        folders.incrementAndGet();
        if (forced) {
            disk.forceFolder(folder);
        }
    }

    private final class Checked implements DiskFile {
        volatile Path file;
        private final DiskFile real;

        Checked(Path file, DiskFile real) {
            this.file = file;
            this.real = real;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            real.read(into, position);
        }

        @Override
        public ByteBuffer map(Arena arena) throws IOException {
            return real.map(arena);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            check(Call.WRITE, file);
            written.addAndGet(from.remaining());
            real.write(from, position);
        }

        @Override
        public void truncate(long size) throws IOException {
            check(Call.TRUNCATE, file);
            real.truncate(size);
        }

        @Override
        public void forceData() throws IOException {
            check(Call.FORCE_DATA, file);
            forces.incrementAndGet();
            if (forced) {
                real.forceData();
            }
        }

        @Override
        public void forceAll() throws IOException {
            check(Call.FORCE_ALL, file);
            if (forced) {
                real.forceAll();
            }
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            real.close();
        }
    }
}
