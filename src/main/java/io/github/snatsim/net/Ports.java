package io.github.snatsim.net;

/** The bounds of port numbers, checked in one place. */
final class Ports {
    static final int LAST = 65_535;

    private Ports() {}

    static int check(int port) {
        if (port < 1 || port > LAST) {
            throw new IllegalArgumentException("port " + port + " is outside 1-" + LAST);
        }
        return port;
    }

    /** Reads a port; {@code whole} is the text to name in the error. */
    static int parse(String text, String whole) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' in '" + whole + "' is not a port: expected a number 1-" + LAST);
        }
        int port = Integer.parseInt(text);
        if (port < 1 || port > LAST) {
            throw new IllegalArgumentException("port " + port + " in '" + whole + "' is outside 1-" + LAST);
        }
        return port;
    }
}
