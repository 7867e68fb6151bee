package dev.memfuse.cli.option;

import dev.memfuse.metrics.EnvironmentInfo;
import picocli.CommandLine.IVersionProvider;

/// Provides the text of `--version`: the versions of the program and of Java.
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[]{"MemFuse Console " + EnvironmentInfo.PROGRAM_VERSION,
                "Java " + System.getProperty("java.version")};
    }
}
