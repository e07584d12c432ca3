package io.github.snatsim.trace;

import com.google.common.net.InetAddresses;
import io.github.snatsim.net.IpAddress;

/** The values that every text format writes alike; each error names the field. */
final class TextFields {
    private TextFields() {}

    /** Returns a time or duration in nanoseconds. */
    static long nanos(LineReader line, String field, String text) {
        long nanos = Decimals.nanos(text);
        if (nanos < 0) {
            throw line.wrong(field, text, Decimals.EXPECTED);
        }
        return nanos;
    }

    /** Returns an IPv4 address and a port, packed. */
    static long end(LineReader line, String addressField, String address, String portField, String port) {
        int bits;
        try {
            bits = IpAddress.parse(address).ipv4Bits();
        } catch (IllegalArgumentException e) {
            throw line.wrong(addressField, address, "an IPv4 address without leading zeros, such as 10.0.0.1");
        }
        return PackedEvent.end(bits, port(line, portField, port));
    }

    private static int port(LineReader line, String field, String text) {
        int port = 0;
        boolean digits = !text.isEmpty() && text.length() <= 5;
        for (int i = 0; i < text.length() && digits; i++) {
            digits = '0' <= text.charAt(i) && text.charAt(i) <= '9';
            port = port * 10 + text.charAt(i) - '0';
        }
        if (!digits || port < 1 || port > 65_535) {
            throw line.wrong(field, text, "a port from 1 to 65,535");
        }
        return port;
    }

    /** Tells whether a text is an IPv6 address. */
    static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0 && InetAddresses.isInetAddress(text);
    }
}
