package io.github.snatsim.cli;

import io.github.snatsim.trace.TraceFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a trace format. */
final class FormatConverter implements ITypeConverter<TraceFormat> {
    /** Made by the command line parser. */
    FormatConverter() {}

    @Override
    public TraceFormat convert(String value) {
        try {
            return TraceFormat.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
