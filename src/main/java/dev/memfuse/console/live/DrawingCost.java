package dev.memfuse.console.live;

import java.util.Locale;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.FrameMeter;

/// What it costs to draw the page.
///
/// @param frameMillis processor time of the FX thread per frame, 99th percentile
/// @param frames number of frames of this percentile
/// @param fxShare share of one processor used by the FX thread, 0..1
/// @param renderShare share of one processor used by the render thread, 0..1
/// @param dropped snapshots lost because frames were too slow
record DrawingCost(double frameMillis, int frames, double fxShare, double renderShare, long dropped) {
    /// Text before the first second has passed.
    static final String UNKNOWN = "Cost of drawing: measuring";

    /// Returns one line for the user.
    String text() {
        String frame = frames < FrameMeter.FEWEST
                ? "measuring (" + frames + " of " + FrameMeter.FEWEST + " frames)"
                : "p99 " + Formats.millis(frameMillis) + " ms of " + frames + " frames";
        String lost = dropped == 0 ? "" : ", " + Formats.count(dropped) + " snapshots dropped";
        return String.format(Locale.ROOT, "Cost of drawing: %s, FX thread %s, render thread %s%s", frame,
                Formats.percent(fxShare), Formats.percent(renderShare), lost);
    }
}
