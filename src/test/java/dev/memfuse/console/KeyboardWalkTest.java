package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import atlantafx.base.controls.ToggleSwitch;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.target.SampleTargets;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The Tab key walks every page: it reaches every control, and shows where it is.
@Tag("fx")
class KeyboardWalkTest extends OpenConsole {
    private static final double RING = 4;
    private static final int MOST_STEPS = 400;
    private static final int MOST_TRIES = 3;

    @BeforeEach
    void fillAndFocus() {
        // With charts and a selection, the Live page has all its controls.
        SnapshotFeed.publish(context.monitoring().hub(), SnapshotFeed.snapshot(Instant.now(),
                Map.of(Operation.ADD, new OperationSample(10, 0, 1, 1, 1, 1)), PoolSample.NONE));
        reopen();
        OnFx.run(() -> console.actions().fire("live.select.window"));
        OnFx.run(console.scene().getWindow()::requestFocus);
    }

    private Scene scene() {
        return console.scene();
    }

    private static void press(Node target, KeyCode code) {
        target.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
        target.fireEvent(new KeyEvent(KeyEvent.KEY_RELEASED, "", "", code, false, false, false, false));
    }

    /// Returns the controls that Tab reaches, in its order.
    private List<Node> walk() {
        Set<Node> reached = new LinkedHashSet<>();
        Node first = OnFx.all(scene().getRoot()).filter(KeyboardWalkTest::takesFocus).findFirst().orElseThrow();
        first.requestFocus();
        // Of a group of toggles, Tab reaches the selected one only.
        press(first, KeyCode.TAB);
        for (int step = 0; step < MOST_STEPS && scene().getFocusOwner() != null; step++) {
            if (!reached.add(scene().getFocusOwner())) {
                return List.copyOf(reached);
            }
            press(scene().getFocusOwner(), KeyCode.TAB);
        }
        throw new AssertionError("Tab never returns to its first control: " + reached);
    }

    private static boolean takesFocus(Node node) {
        return node.isFocusTraversable() && !node.isDisabled() && isShown(node) && !(node instanceof ScrollPane);
    }

    private static boolean isShown(Node node) {
        for (Node now = node; now != null; now = now.getParent()) {
            if (!now.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private void show(Page page) {
        console.showPage(page.id());
        scene().getRoot().applyCss();
        scene().getRoot().layout();
    }

    @Test
    void tabReachesEveryControlOfEveryPage() {
        for (Page page : console.pages()) {
            tabReachesEveryControl(page);
        }
    }

    @Test
    void tabReachesEveryControlOfATargetWhoseChangesAreAllowed() {
        SampleTargets targets = (SampleTargets) context.targets();
        targets.session.fill();
        targets.session.unlock(true);
        OnFx.run(() -> {
            console.showPage("targets");
            targets.connect(console.pages());
        });

        Page page = console.pages().stream().filter(one -> one.id().equals("targets")).findFirst().orElseThrow();
        PageStage.await(() -> !OnFx.node(page.view(), "new-maximumPoolSize").isDisabled());
        tabReachesEveryControl(page);
    }

    private void tabReachesEveryControl(Page page) {
        OnFx.run(() -> {
            show(page);
            List<Node> walked = walk();
            // Parts of a control are reached by its own keys, and the toggles of a group by arrows.
            List<String> missed = OnFx.all(scene().getRoot()).filter(KeyboardWalkTest::takesFocus)
                    .filter(node -> !walked.contains(node) && !isPartOf(walked, node)
                            && !(node instanceof ToggleButton))
                    .map(node -> page.id() + ": " + node).toList();
            assertEquals(List.of(), missed);
        });
    }

    private static boolean isPartOf(List<Node> walked, Node node) {
        for (Parent parent = node.getParent(); parent != null; parent = parent.getParent()) {
            if (walked.contains(parent)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void theFocusIsVisibleOnEveryControlOfEveryPageAndMovesAndHidesNothing() {
        List<String> invisible = new ArrayList<>();
        List<String> resized = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Page page : console.pages()) {
            List<Node> walked = OnFx.get(() -> {
                show(page);
                return walk();
            });
            for (int i = 0; i < walked.size(); i++) {
                Node node = walked.get(i);
                Node before = walked.get(i == 0 ? walked.size() - 1 : i - 1);
                Seen focused = withFocus(before, node);
                String size = OnFx.get(() -> size(node));
                if (node instanceof Labeled labeled) {
                    OnFx.get(() -> Contrast.ofText(labeled)).filter(contrast -> contrast < Contrast.OF_TEXT).ifPresent(
                            contrast -> unreadable.add(page.id() + ": " + node + " has a contrast of " + contrast));
                }
                Seen without = withoutFocus(node);
                // A page that moves between the two pictures says nothing about the focus.
                for (int tries = 1; tries < MOST_TRIES && focused.pixels().equals(without.pixels()); tries++) {
                    focused = withFocus(before, node);
                    without = withoutFocus(node);
                }
                if (focused.pixels().equals(without.pixels())) {
                    invisible.add(page.id() + ": " + node + " " + node.getAccessibleText() + ", " + focused);
                }
                String unfocused = OnFx.get(() -> size(node));
                if (!size.equals(unfocused)) {
                    resized.add(page.id() + ": " + node + " " + unfocused + " is " + size + " with the focus");
                }
            }
        }
        assertEquals(List.of(), invisible);
        assertEquals(List.of(), resized);
        assertEquals(List.of(), unreadable);
    }

    private static String size(Node node) {
        return node.getLayoutBounds().getWidth() + "x" + node.getLayoutBounds().getHeight();
    }

    /// Waits until the scene has been laid out and drawn.
    private void pulse() {
        CompletableFuture<Void> drawn = new CompletableFuture<>();
        Runnable listener = () -> drawn.complete(null);
        OnFx.run(() -> {
            scene().addPostLayoutPulseListener(listener);
            Platform.requestNextPulse();
        });
        drawn.orTimeout(10, TimeUnit.SECONDS).join();
        OnFx.run(() -> scene().removePostLayoutPulseListener(listener));
    }

    /// Returns the part of the scene with a node and its ring; empty for one outside the window.
    private Optional<Rectangle2D> area(Node node) {
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        double x = Math.max(0, bounds.getMinX() - RING);
        double y = Math.max(0, bounds.getMinY() - RING);
        double right = Math.min(scene().getWidth(), bounds.getMaxX() + RING);
        double bottom = Math.min(scene().getHeight(), bounds.getMaxY() + RING);
        return right - x < 2 * RING || bottom - y < 2 * RING
                ? Optional.empty()
                : Optional.of(new Rectangle2D(x, y, right - x, bottom - y));
    }

    /// What the window shows of a control at one moment; without pixels if it is outside of the window.
    private record Seen(Optional<Rectangle2D> area, List<Integer> pixels) {
        @Override
        public String toString() {
            return area.map(Rectangle2D::toString).orElse("outside the window");
        }
    }

    private Seen withFocus(Node before, Node node) {
        OnFx.run(() -> focusByKey(before, node));
        pulse();
        return OnFx.get(() -> seen(node));
    }

    private Seen seen(Node node) {
        Optional<Rectangle2D> area = area(node);
        return new Seen(area, area.map(this::picture).orElse(List.of()));
    }

    private Seen withoutFocus(Node node) {
        OnFx.run(() -> OnFx.all(scene().getRoot()).filter(KeyboardWalkTest::takesFocus)
                .filter(found -> !found.equals(node) && !Objects.equals(found.getParent(), node.getParent()))
                .findFirst().orElseThrow()
                .requestFocus());
        pulse();
        return OnFx.get(() -> seen(node));
    }

    /// Only a key makes the focus visible.
    private void focusByKey(Node before, Node node) {
        before.requestFocus();
        press(before, KeyCode.TAB);
        for (int step = 0; step < MOST_STEPS && !node.equals(scene().getFocusOwner()); step++) {
            press(scene().getFocusOwner(), KeyCode.TAB);
        }
    }

    private List<Integer> picture(Rectangle2D area) {
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setViewport(area);
        WritableImage image = scene().getRoot().snapshot(parameters, null);
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height,
                PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return Arrays.stream(pixels).boxed().toList();
    }

    @Test
    void spaceAndEnterMoveEverySwitch() {
        int switches = 0;
        for (Page page : console.pages()) {
            switches += OnFx.get(() -> {
                show(page);
                List<ToggleSwitch> found = OnFx.all(scene().getRoot()).filter(ToggleSwitch.class::isInstance)
                        .map(ToggleSwitch.class::cast).filter(toggle -> !toggle.isDisabled()).toList();
                for (ToggleSwitch toggle : found) {
                    boolean before = toggle.isSelected();
                    press(toggle, KeyCode.SPACE);
                    assertNotEquals(before, toggle.isSelected(), page.id() + ", Space: " + toggle);
                    press(toggle, KeyCode.ENTER);
                    assertEquals(before, toggle.isSelected(), page.id() + ", Enter: " + toggle);
                }
                return found.size();
            });
        }
        assertTrue(switches > 10, switches + " switches");
    }
}
