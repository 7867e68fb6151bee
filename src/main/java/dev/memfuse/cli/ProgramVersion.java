package dev.memfuse.cli;

import dev.memfuse.load.EnvironmentInfo;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[]{"MemFuse Console " + EnvironmentInfo.PROGRAM_VERSION,
                "Java " + System.getProperty("java.version")};
    }
}
