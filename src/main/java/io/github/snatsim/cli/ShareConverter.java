package io.github.snatsim.cli;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a share that may be refused: {@code 0.1%} or {@code 0.001}. */
final class ShareConverter implements ITypeConverter<Double> {
    private static final Pattern SHARE =
            Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,60})?(?:[eE][-+]?[0-9]{1,3})?)(%?)");
    private static final BigDecimal LEAST = new BigDecimal("1e-50");
    private static final String EXPECTED = "expected a share such as 0.1% or 0.001: 0, or from 1e-50 to below 1 (100%)";

    /** Made by the command line parser. */
    ShareConverter() {}

    @Override
    public Double convert(String value) {
        Matcher share = SHARE.matcher(value);
        if (!share.matches()) {
            throw new TypeConversionException("'" + value + "': " + EXPECTED);
        }
        BigDecimal number =
                new BigDecimal(share.group(1)).movePointLeft(share.group(2).isEmpty() ? 0 : 2);
        // what is so near to 1 that a double cannot tell is out of range too
        if ((number.signum() > 0 && number.compareTo(LEAST) < 0) || number.doubleValue() >= 1) {
            throw new TypeConversionException(value + ": " + EXPECTED);
        }
        return number.doubleValue();
    }
}
