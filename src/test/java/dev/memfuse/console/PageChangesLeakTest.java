package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.load.run.LiveObjects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two hundred changes of the page leave nothing behind: no thread, subscriber, node, event handler or listener.
@Tag("fx")
class PageChangesLeakTest extends OpenConsole {
    private static final int CHANGES = 200;
    /// Skins and caches of controls are complete after the second visit of each page.
    private static final int FIRST_ROUNDS = 2;
    /// One of so many changes is laid out at once, for time; no divisor of the number of pages, so that each has its
    /// turn.
    private static final int LAID_OUT = 3;
    private static final int MOST_TRIES = 100;
    /// Beginnings of the names of classes whose objects a visit could add to what outlives it: event handlers,
    /// listeners, nodes and all that the console has. The last ones include the lambdas of its classes.
    private static final List<String> KINDS = List.of("com.sun.javafx.event.CompositeEventHandler$",
            "javafx.beans.Weak", "javafx.collections.Weak", "com.sun.javafx.binding.", "com.sun.javafx.collections.",
            "javafx.scene.layout.", "javafx.scene.control.", "javafx.scene.shape.", "javafx.scene.text.Text",
            "javafx.scene.canvas.", "javafx.animation.", "dev.memfuse.console.");

    @Test
    void nothingGrowsWithChangesOfThePage() throws Exception {
        BusyWindow.fill(console, context, host, loads);
        List<Page> pages = console.pages();
        show(0, FIRST_ROUNDS * pages.size(), 1);
        Map<String, Integer> subscribers = subscribers();
        long threads = threads();
        long nodes = nodes();
        Map<String, Long> objects = LiveObjects.byClass(KINDS);
        assertTrue(objects.containsKey("com.sun.javafx.event.CompositeEventHandler$NormalEventHandlerRecord"),
                objects.toString());

        show(1, CHANGES, LAID_OUT);

        assertEquals(console.scene(), pages.get(CHANGES % pages.size()).view().getScene());
        show(0, 0, 1);
        assertEquals(subscribers, subscribers());
        assertEquals(nodes, nodes());
        for (int tries = 1; tries < MOST_TRIES && threads() > threads; tries++) {
            // What a page reads in the background ends by itself.
            Frames.await(console.scene(), 1);
        }
        assertTrue(threads() <= threads, threads() + " threads, " + threads + " before");
        // What each visit of one page leaves behind is twice as much; caches and tasks under way are less.
        int most = CHANGES / pages.size() / 2;
        List<String> grown = new ArrayList<>();
        LiveObjects.byClass(KINDS).forEach((type, count) -> {
            long before = objects.getOrDefault(type, 0L);
            if (count > before + most) {
                grown.add(type + ": " + before + ", now " + count);
            }
        });
        assertEquals(List.of(), grown);
    }

    /// Shows the pages with these numbers, which go around, and lays out one of so many.
    private void show(int first, int last, int laidOut) {
        List<Page> pages = console.pages();
        for (int i = first; i <= last; i++) {
            Page page = pages.get(i % pages.size());
            boolean layout = i % laidOut == 0;
            OnFx.run(() -> {
                console.showPage(page.id());
                if (layout) {
                    console.scene().getRoot().applyCss();
                    console.scene().getRoot().layout();
                }
            });
        }
        Frames.await(console.scene(), 2);
    }

    private long nodes() {
        return OnFx.get(() -> OnFx.all(console.scene().getRoot()).count());
    }

    /// Counts those who are told of snapshots, settings, states of the engine and loads.
    private Map<String, Integer> subscribers() throws ReflectiveOperationException {
        return Map.of("snapshots", size(context.monitoring().hub(), "inboxes"), "settings",
                size(context.settings().tunables(), "listeners"), "engine", size(host, "listeners"), "loads",
                size(loads, "listeners"));
    }

    private static int size(Object owner, String field) throws ReflectiveOperationException {
        Field subscribers = owner.getClass().getDeclaredField(field);
        subscribers.setAccessible(true);
        return ((Collection<?>) Objects.requireNonNull(subscribers.get(owner))).size();
    }

    /// Counts the threads, also virtual ones, but not the carriers of those, which the JVM starts as it needs them.
    private long threads() throws IOException {
        Path dump = folder.resolve("threads.json").toAbsolutePath();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(dump.toString(),
                ThreadDumpFormat.JSON);
        try (Stream<String> lines = Files.lines(dump)) {
            return lines.filter(line -> line.contains("\"name\":") && !line.contains("\"ForkJoinPool")).count();
        } finally {
            Files.delete(dump);
        }
    }
}
