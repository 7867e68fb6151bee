package dev.memfuse.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Fills 600 MiB of heap, drops them, and is idle, but for a little garbage as a window makes it. Ends with 0 once the
/// heap is below 400 MiB.
final class IdleHeapChild {
    private static final int FILLED = 2_400;
    private static final int SMALL = 400;
    private static final int MIB = 1 << 20;
    private static final int CHUNK = MIB / 4;

    private IdleHeapChild() {}

    /// @param arguments minutes after which it ends with 1
    public static void main(String[] arguments) throws InterruptedException {
        List<byte[]> filled = new ArrayList<>();
        while (filled.size() < FILLED) {
            filled.add(new byte[CHUNK]);
        }
        System.out.println("filled, heap " + committed());
        filled = null;
        CountDownLatch never = new CountDownLatch(1);
        for (int second = 0; second < 60 * Integer.parseInt(arguments[0]); second++) {
            boolean _ = never.await(1, TimeUnit.SECONDS);
            byte[] garbage = new byte[CHUNK];
            if (garbage.length > 0 && committed() < SMALL) {
                System.exit(0);
            }
        }
        System.out.println("still " + committed());
        System.exit(1);
    }

    private static long committed() {
        return Runtime.getRuntime().totalMemory() / MIB;
    }
}
