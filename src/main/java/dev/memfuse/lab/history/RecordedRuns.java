package dev.memfuse.lab.history;

import java.nio.file.Path;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioFile;
import dev.memfuse.load.recording.LoadFiles;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.RecordingFile;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.report.LoadReport;

/// Opens recorded loads: as reports, and as loads to run again.
///
/// @param recordings holds them
public record RecordedRuns(Recordings recordings) {

    /// A load to run again.
    ///
    /// @param scenario its scenario with its seed: the same operations at the same times
    /// @param config settings with which it began, with the address of the database left out
    /// @param changedByHand whether settings or the load changed during the run in a way that is not part of the
    ///        scenario and is not repeated
    public record Replay(Manifest manifest, Scenario scenario, MemFuseConfig config, boolean changedByHand) {}

    /// Returns the load of a recording, to run it again.
    ///
    /// @param given id, unique beginning of an id, or `last`
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws RecordingException when it is no load or cannot be read; the message is for the user
    public Replay replay(String given) {
        Manifest manifest = load(given);
        try {
            Scenario scenario = scenario(manifest);
            MemFuseConfig config = new ConfigLoader().load(manifest.id() + "/" + RecordingFile.CONFIG,
                    recordings.text(manifest, RecordingFile.CONFIG));
            boolean changed = !LoadFiles.read(recordings, manifest).result().changes().isEmpty();
            return new Replay(manifest, scenario, config, changed && scenario.changes().isEmpty());
        } catch (ConfigException e) {
            throw new RecordingException("The recording " + manifest.id() + " cannot be run again: " + e.getMessage(),
                    e);
        }
    }

    private Manifest load(String given) {
        Manifest manifest = recordings.open(given);
        if (manifest.kind() != RecordingKind.LOAD) {
            throw new RecordingException("The recording " + manifest.id() + " is a " + manifest.kind().label()
                    + ", not a load; only loads are opened and run again so far.");
        }
        return manifest;
    }

    private Scenario scenario(Manifest manifest) {
        String yaml = recordings.text(manifest, RecordingFile.SCENARIO);
        try {
            return ScenarioFile.parse(manifest.id() + "/" + RecordingFile.SCENARIO, yaml, Path.of(""));
        } catch (IllegalArgumentException | ConfigException e) {
            throw new RecordingException("The scenario of the recording " + manifest.id() + " cannot be read: "
                    + e.getMessage(), e);
        }
    }

    /// Returns the report of a recorded load, for the same pages and files as after the run.
    ///
    /// @param given id, unique beginning of an id, or `last`
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws RecordingException when it is no load or cannot be read; the message is for the user
    public LoadReport report(String given) {
        Manifest manifest = load(given);
        LoadFiles files = LoadFiles.read(recordings, manifest);
        return new LoadReport(scenario(manifest).workload(), files.result(), files.recording());
    }
}
