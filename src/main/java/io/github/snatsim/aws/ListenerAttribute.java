package io.github.snatsim.aws;

/**
 * A listener's attribute as the API writes it: two strings, unchecked until it is used. Immutable; threads may share it.
 *
 * @param key what to set
 * @param value to what
 */
public record ListenerAttribute(String key, String value) {
    /** The key of the only attribute that a listener has: how long a TCP flow may be silent, in seconds (rule N3). */
    public static final String TCP_IDLE_TIMEOUT_SECONDS = "tcp.idle_timeout.seconds";

    /**
     * Returns the attribute that sets a TCP listener's idle time.
     *
     * @param value whole seconds from 60 to 6000 as text, for example {@code 350}
     * @return the attribute
     */
    public static ListenerAttribute tcpIdleTimeoutSeconds(String value) {
        return new ListenerAttribute(TCP_IDLE_TIMEOUT_SECONDS, value);
    }

    /** Returns {@code Key=...,Value=...}, as the command line of AWS takes it. */
    @Override
    public String toString() {
        return "Key=" + key + ",Value=" + value;
    }
}
