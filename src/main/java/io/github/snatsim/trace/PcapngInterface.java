package io.github.snatsim.trace;

/**
 * How the packets of one interface of a pcapng capture are to be read.
 *
 * @param linkNumber the link type's number
 * @param resolution the option {@code if_tsresol}: with the high bit clear a negative power of 10, else of 2
 * @param offsetSeconds the option {@code if_tsoffset}: what is to be added to each time
 */
record PcapngInterface(int linkNumber, int resolution, long offsetSeconds) {
    static final int MICROSECONDS = 6;

    private static final long SECONDS_MAX = Long.MAX_VALUE / 1_000_000_000L - 1;
    private static final int POWER_OF_TWO = 0x80;

    /** Tells whether a time in these units fits an unsigned {@code long} and a second does too. */
    boolean hasUsableResolution() {
        return (resolution & POWER_OF_TWO) != 0 ? exponent() <= 63 : exponent() <= 18;
    }

    private int exponent() {
        return resolution & ~POWER_OF_TWO;
    }

    /** Returns a time since the epoch in nanoseconds, or -1 if it is before 1970 or after 2262. */
    long nanos(long unsignedUnits) {
        long unitsPerSecond = (resolution & POWER_OF_TWO) != 0 ? 1L << exponent() : powerOfTen(exponent());
        long wholeSeconds = Long.divideUnsigned(unsignedUnits, unitsPerSecond);
        if (wholeSeconds < 0 || wholeSeconds > SECONDS_MAX || Math.abs(offsetSeconds) > SECONDS_MAX) {
            return -1;
        }
        long seconds = wholeSeconds + offsetSeconds;
        if (seconds < 0 || seconds > SECONDS_MAX) {
            return -1;
        }
        return seconds * 1_000_000_000 + fractionNanos(Long.remainderUnsigned(unsignedUnits, unitsPerSecond));
    }

    private long fractionNanos(long units) {
        if ((resolution & POWER_OF_TWO) == 0) {
            return exponent() <= 9 ? units * powerOfTen(9 - exponent()) : units / powerOfTen(exponent() - 9);
        }
        long high = Math.multiplyHigh(units, 1_000_000_000L);
        long low = units * 1_000_000_000L;
        return exponent() == 0 ? 0 : (high << (Long.SIZE - exponent())) | (low >>> exponent());
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
