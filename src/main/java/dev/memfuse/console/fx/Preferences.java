package dev.memfuse.console.fx;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;

/// Choices of the user for the window: each is applied at once and remembered. FX thread only.
public final class Preferences {
    /// Smallest size of texts, in pixels.
    public static final int MIN_TEXT = 11;
    /// Size of texts unless the user chose another, in pixels.
    public static final int TEXT = 13;
    /// Largest size of texts, in pixels.
    public static final int MAX_TEXT = 16;
    /// Redraws of charts per second unless the user chose another number.
    public static final int REDRAWS = 4;
    /// Largest number of redraws of charts per second.
    public static final int MAX_REDRAWS = 20;

    private final ObjectProperty<Accent> accent = new SimpleObjectProperty<>(Accent.BLUE);
    private final IntegerProperty textSize = new SimpleIntegerProperty(TEXT);
    private final BooleanProperty compact = new SimpleBooleanProperty();
    private final IntegerProperty redraws = new SimpleIntegerProperty(REDRAWS);
    private final BooleanProperty notify = new SimpleBooleanProperty(true);

    /// Reads the remembered choices; those out of range are the first ones.
    public Preferences(Remembered remembered) {
        remembered.keep("window.accent", Accent.class, accent);
        remembered.keep("window.compact", compact);
        remembered.keep("window.notify", notify);
        keep(remembered, "window.text", textSize, MIN_TEXT, MAX_TEXT);
        keep(remembered, "window.redraws", redraws, 1, MAX_REDRAWS);
    }

    private static void keep(Remembered remembered, String name, IntegerProperty property, int min, int max) {
        remembered.get(name).filter(kept -> kept.matches("\\d{1,4}")).map(Integer::valueOf)
                .filter(kept -> kept >= min && kept <= max).ifPresent(property::set);
        property.addListener((_, _, now) -> remembered.put(name, now.toString()));
    }

    /// Sets everything to what it was at the first start.
    public void reset() {
        accent.set(Accent.BLUE);
        textSize.set(TEXT);
        compact.set(false);
        redraws.set(REDRAWS);
        notify.set(true);
    }

    /// Returns the accent.
    public ObjectProperty<Accent> accentProperty() {
        return accent;
    }

    /// Returns the size of texts in pixels, [#MIN_TEXT] to [#MAX_TEXT]; other sizes of the window follow it.
    public IntegerProperty textSizeProperty() {
        return textSize;
    }

    /// Returns whether rows of tables are low.
    public BooleanProperty compactProperty() {
        return compact;
    }

    /// Returns the number of redraws of the charts per second, 1 to [#MAX_REDRAWS].
    public IntegerProperty redrawsProperty() {
        return redraws;
    }

    /// Returns whether alerts are shown as notifications of the desktop.
    public BooleanProperty notifyProperty() {
        return notify;
    }
}
