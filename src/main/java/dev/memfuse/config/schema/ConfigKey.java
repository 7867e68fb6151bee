package dev.memfuse.config.schema;

import java.util.Map;

/// One key of the configuration: its range, and every word about it that the user reads.
///
/// @param path key in the file, for instance `postgres.pool_size`
/// @param title short name, unique among all keys: "Pool size"
/// @param section title of its section of the file; a written file has it as a comment above the section
/// @param group group on the Flags page
/// @param range the values it accepts, and their unit
/// @param hot whether it may change while the engine runs; false means fixed at start
/// @param description one sentence on its effect
/// @param planExpectation one sentence on the effect that the plan expects; empty where the plan names none
/// @param risks risk by value, for the values that endanger data: "memory" to "unsafe: lost when the program dies"
public record ConfigKey(String path, String title, String section, ConfigGroup group, ValueRange range, boolean hot,
        String description, String planExpectation, Map<String, String> risks) {

    public ConfigKey {
        risks = Map.copyOf(risks);
    }

    /// Returns the risk of a value in a few words; empty when it has none.
    ///
    /// @param printed the value as YAML prints it
    public String risk(String printed) {
        return risks.getOrDefault(printed, "");
    }

    /// Returns whether it is a setting of the embedded server that takes effect at the start of the server: an
    /// experiment can change it by a restart of the server under the running engine.
    public boolean atRestartOfServer() {
        return !hot && range.type() == ValueType.SERVER_SETTING;
    }

    /// Returns why a change of a key that is not hot is refused while the engine runs, as a clause.
    public String fixedProblem() {
        return range.type() == ValueType.SERVER_SETTING ? ServerKeys.AT_RESTART : LiveTunables.FIXED;
    }

    /// Returns a value of a server's setting without the quotes that YAML needs.
    private static String setting(String printed) {
        String text = printed.startsWith("\"") ? printed.substring(1, printed.length() - 1) : printed;
        return text.isEmpty() ? "the default" : text;
    }

    /// Returns a value as the user reads it: followed by its risk, if it has one.
    ///
    /// @param printed the value as YAML prints it
    public String label(String printed) {
        String shown = range.type() == ValueType.SERVER_SETTING ? setting(printed) : printed;
        String risk = risk(shown);
        return risk.isEmpty() ? shown : shown + " (" + risk + ")";
    }
}
