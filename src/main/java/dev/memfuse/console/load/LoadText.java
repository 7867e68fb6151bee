package dev.memfuse.console.load;

/// The fields of the load form that are texts: title, unit, and the text that an empty one shows as an example.
enum LoadText {
    RATES("Rates", "ops/s", "100, 200, 400", false),
    RECORDING("Recording", "", "Folder of a run", false),
    SIZE("Message size", "chars", "generated", false),
    THRESHOLDS("Thresholds", "", "query.p99 < 20 ms\nerrors < 0.1 %", true),
    CHANGES("Changes", "", "{at: 20s, rate: 200}", true),
    FAULTS("Faults", "", "{at: 20s, kind: stop, for: 5s}", true);

    private final String title;
    private final String unit;
    private final String example;
    private final boolean lines;

    LoadText(String title, String unit, String example, boolean lines) {
        this.title = title;
        this.unit = unit;
        this.example = example;
        this.lines = lines;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    String example() {
        return example;
    }

    /// Returns whether the field has an entry in each line.
    boolean hasLines() {
        return lines;
    }
}
