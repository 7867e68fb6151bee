package dev.memfuse.engine.model;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

import ai.onnxruntime.OrtEnvironment;
import dev.memfuse.engine.exception.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The native environment of ONNX Runtime, one for the process, kept until the process is gone.
///
/// ONNX Runtime's Java code releases the environment in a shutdown hook of its own. Hooks run at the same time, so it
/// would be freed under sessions that the engine still closes, or under a model that is being loaded, which ends the
/// process by SIGSEGV. The environment counts its references, and one of them is taken here and never returned.
@SuppressWarnings("restricted") // Native access is enabled for the program; see pom.xml.
final class OnnxEnvironment {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxEnvironment.class);
    /// Version of the C interface; later versions of the library have it too.
    private static final int API_VERSION = 1;
    /// Members of the C interface, `OrtApiBase.GetApi` and `OrtApi.CreateEnv`, whose positions are fixed.
    private static final int GET_API = 0;
    private static final int CREATE_ENV = 3;
    private static final int WARNING = 2;
    /// Message of the JDK's exception for a hook that comes too late.
    private static final String SHUTDOWN = "Shutdown in progress";
    private static final AddressLayout POINTER = ValueLayout.ADDRESS
            .withTargetLayout(MemoryLayout.sequenceLayout(CREATE_ENV + 1, ValueLayout.ADDRESS));

    private OnnxEnvironment() {}

    /// Initialised once, by the class loader.
    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = OnnxLibraries.whileUnpacked(OrtEnvironment::getEnvironment);
        static {
            retain();
        }
    }

    /// Returns the environment; loads the native library at first use.
    ///
    /// @throws EngineException when the program is ending, since the library registers a hook of the shutdown
    static OrtEnvironment get() {
        try {
            return Holder.ENVIRONMENT;
        } catch (LinkageError e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof IllegalStateException && SHUTDOWN.equals(cause.getMessage())) {
                    throw new EngineException("The program is ending.", "", e);
                }
            }
            throw e;
        }
    }

    private static void retain() {
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            MemorySegment base = (MemorySegment) linker
                    .downcallHandle(SymbolLookup.loaderLookup().findOrThrow("OrtGetApiBase"),
                            FunctionDescriptor.of(POINTER))
                    .invokeExact();
            MemorySegment api = (MemorySegment) linker
                    .downcallHandle(base.getAtIndex(ValueLayout.ADDRESS, GET_API),
                            FunctionDescriptor.of(POINTER, ValueLayout.JAVA_INT))
                    .invokeExact(API_VERSION);
            MemorySegment failure = (MemorySegment) linker
                    .downcallHandle(api.getAtIndex(ValueLayout.ADDRESS, CREATE_ENV),
                            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS))
                    .invokeExact(WARNING, arena.allocateFrom("engine"), arena.allocate(ValueLayout.ADDRESS));
            if (!failure.equals(MemorySegment.NULL)) {
                LOG.warn("Engine: ONNX Runtime's environment cannot be kept until the end of the process");
            }
        } catch (Throwable e) {
            LOG.warn("Engine: ONNX Runtime's environment cannot be kept until the end of the process", e);
        }
    }
}
