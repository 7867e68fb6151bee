package dev.memfuse.store.plan;

import java.util.List;
import java.util.stream.Stream;

/// The calls of the store that can be explained. Together they send each statement of the store.
final class StoreCalls {
    private StoreCalls() {}

    /// Returns the calls, in display order.
    static List<Explainable> all() {
        return Stream.of(ReadCalls.all(), SearchCalls.all(), WriteCalls.all(), BackgroundCalls.all(), ClientCalls.all())
                .flatMap(List::stream).toList();
    }
}
