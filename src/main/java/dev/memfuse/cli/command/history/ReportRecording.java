package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.lab.history.RecordedReport;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.report.ResultJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Write the report of a recording again.
@Command(name = "report", description = "Write the report of a recording as one HTML page, from its files alone.")
final class ReportRecording extends RecordingCommand {
    @Parameters(index = "0", paramLabel = "ID", description = ID)
    private String id = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "HTML file to write. An existing file is replaced.")
    private Path file = Path.of("");

    ReportRecording(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        standard.outputs().file("FILE", file);
        ResultJson.write(file, new RecordedReport(all).html(id));
        print("Report written to " + file);
    }
}
