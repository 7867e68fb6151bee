package dev.memfuse.cli.option;

import java.net.URI;
import java.net.URISyntaxException;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the address of a server.
public final class AddressConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException _) {
            throw new TypeConversionException("it must be the address of a server, for instance http://127.0.0.1:8000");
        }
    }
}
