package dev.memfuse.cli.option;

import dev.memfuse.metrics.EnvironmentInfo;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
public final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[]{"MemFuse Console " + EnvironmentInfo.PROGRAM_VERSION,
                "Java " + System.getProperty("java.version")};
    }
}
