package dev.memfuse.postgres.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/// The archive with PostgreSQL's programs for this machine, on the class path.
///
/// @param name for instance `postgres-linux-x86_64`
/// @param url location of the archive
/// @param length length of the archive in bytes
/// @param checksum CRC-32 of the archive; it names the folder, so that each build of the programs has its own folder
record ProgramArchive(String name, URL url, long length, long checksum) {

    /// Finds the archive for this machine.
    ///
    /// @throws ServerStartException when the class path has no programs for this machine
    static ProgramArchive ofThisMachine() throws IOException {
        OperatingSystem system = OperatingSystem.current();
        for (String name : names(system, System.getProperty("os.arch", ""))) {
            URL url = ProgramArchive.class.getResource("/" + name + ".txz");
            if (url != null) {
                return at(name, url);
            }
        }
        throw new ServerStartException("This build includes no PostgreSQL for " + system.archiveName() + " on "
                + System.getProperty("os.arch", "this processor") + ".",
                "Connect to another server with --db, or build MemFuse on this machine.");
    }

    /// Returns the names of usable archives, best first: macOS and Windows on ARM can run x86-64 programs too.
    static List<String> names(OperatingSystem system, String architecture) {
        String prefix = "postgres-" + system.archiveName() + "-";
        boolean arm = architecture.toLowerCase(Locale.ROOT).matches("aarch64.*|arm64.*|armv8.*");
        if (!arm) {
            return List.of(prefix + "x86_64");
        }
        return system == OperatingSystem.LINUX
                ? List.of(prefix + "arm_64")
                : List.of(prefix + "arm_64", prefix + "x86_64");
    }

    private static ProgramArchive at(String name, URL url) throws IOException {
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return new ProgramArchive(name, url, jar.getJarEntry().getSize(), jar.getJarEntry().getCrc());
        }
        var checksum = new CRC32();
        long length = 0;
        var buffer = new byte[1 << 16];
        try (InputStream in = connection.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                checksum.update(buffer, 0, n);
                length += n;
            }
        }
        return new ProgramArchive(name, url, length, checksum.getValue());
    }

    /// Returns the name of the folder for the unpacked programs.
    String folderName() {
        return name + "-" + String.format(Locale.ROOT, "%08x", checksum);
    }
}
