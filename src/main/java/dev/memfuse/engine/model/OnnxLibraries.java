package dev.memfuse.engine.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import ai.onnxruntime.OrtEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Unpacks ONNX Runtime's native libraries for the time in which they are loaded.
///
/// Its Java code unpacks them too, and leaves an empty folder in the temporary folder at every exit, and 22 MB when the
/// process is killed. The system property that it offers names another folder.
final class OnnxLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxLibraries.class);
    private static final String FOLDER = "onnxruntime.native.path";
    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

    private OnnxLibraries() {}

    /// Runs `load` while the libraries are unpacked. When they cannot be, ONNX Runtime unpacks its own.
    static synchronized <T> T whileUnpacked(Supplier<T> load) {
        if (System.getProperty(FOLDER) != null) {
            return load.get();
        }
        @Nullable
        Path folder = null;
        try {
            folder = Files.createTempDirectory("memfuse-onnx");
            unpack(folder);
            System.setProperty(FOLDER, folder.toString());
        } catch (IOException e) {
            LOG.debug("Engine: ONNX Runtime unpacks its libraries itself", e);
        }
        try {
            return load.get();
        } finally {
            System.clearProperty(FOLDER);
            if (folder != null) {
                remove(folder);
            }
        }
    }

    private static void unpack(Path folder) throws IOException {
        for (String name : NAMES) {
            String file = System.mapLibraryName(name);
            String resource = "/ai/onnxruntime/native/" + platform() + "/" + file;
            try (InputStream library = OrtEnvironment.class.getResourceAsStream(resource)) {
                if (library == null) {
                    throw new IOException("There is no " + resource);
                }
                Files.copy(library, folder.resolve(file));
            }
        }
    }

    /// Returns the name of this platform in the jar.
    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return (system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux") + "-"
                + (processor.startsWith("aarch64") || processor.startsWith("arm64") ? "aarch64" : "x64");
    }

    /// A loaded library stays in memory without its file. Windows keeps the file until the process ends.
    private static void remove(Path folder) {
        // Files are deleted at the exit in the opposite order.
        folder.toFile().deleteOnExit();
        for (String name : NAMES) {
            Path file = folder.resolve(System.mapLibraryName(name));
            if (!file.toFile().delete()) {
                file.toFile().deleteOnExit();
            }
        }
        boolean _ = folder.toFile().delete();
    }
}
