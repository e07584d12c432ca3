package io.github.snatsim.aws;

import static io.github.snatsim.aws.ListenerAttribute.TCP_IDLE_TIMEOUT_SECONDS;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.port.Violation;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The attribute {@code tcp.idle_timeout.seconds}: its range, its text, and which requests to set it are refused (N3). */
final class TcpIdleTimeout {
    private static final int SECONDS_MIN = 60;
    private static final int SECONDS_MAX = 6_000;

    static final String RANGE = "whole seconds from " + SECONDS_MIN + " to " + SECONDS_MAX;

    /** Two to four digits: no sign, space, point or leading zero, and nothing that does not fit an {@code int}. */
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{1,3}");

    private TcpIdleTimeout() {}

    static boolean allows(Duration idle) {
        long seconds = idle.toSeconds();
        return seconds >= SECONDS_MIN && seconds <= SECONDS_MAX && idle.equals(Duration.ofSeconds(seconds));
    }

    /** N3, for a listener that is made with an idle time. */
    static ImmutableList<Violation> violations(Duration idle, String arn) {
        return allows(idle)
                ? ImmutableList.of()
                : ImmutableList.of(new Violation(
                        "idle time " + idle + " of TCP listener " + arn, RANGE, "N3", nearest(idle) + "s"));
    }

    /** The nearest whole seconds within the range. */
    private static long nearest(Duration idle) {
        long rounded = idle.compareTo(Duration.ofSeconds(SECONDS_MAX)) > 0
                ? SECONDS_MAX
                : idle.plusMillis(500).toSeconds();
        return Math.max(SECONDS_MIN, Math.min(rounded, SECONDS_MAX));
    }

    static ImmutableList<ListenerAttribute> attributes(Listener listener) {
        return listener.protocol() == ListenerProtocol.TCP
                ? ImmutableList.of(ListenerAttribute.tcpIdleTimeoutSeconds(
                        Long.toString(listener.idle().toSeconds())))
                : ImmutableList.of();
    }

    /** Returns the listener as the attributes want it; throws if any of them is wrong. */
    static Listener modified(Listener listener, List<ListenerAttribute> attributes) {
        if (attributes.isEmpty()) {
            throw new InvalidConfigurationRequestException(
                    "no attributes: expected " + TCP_IDLE_TIMEOUT_SECONDS + " with a value");
        }
        for (ListenerAttribute attribute : attributes) {
            if (!attribute.key().equals(TCP_IDLE_TIMEOUT_SECONDS)) {
                throw new InvalidConfigurationRequestException(
                        "unknown attribute key '" + attribute.key() + "': expected " + TCP_IDLE_TIMEOUT_SECONDS);
            }
        }
        if (attributes.size() > 1) {
            throw new InvalidConfigurationRequestException("attribute key '" + TCP_IDLE_TIMEOUT_SECONDS + "' is there "
                    + attributes.size() + " times: expected once");
        }
        if (listener.protocol() != ListenerProtocol.TCP) {
            throw new InvalidConfigurationRequestException(
                    "%s on listener %s, which is %s with a fixed idle time of %d s: expected a TCP listener"
                            .formatted(
                                    TCP_IDLE_TIMEOUT_SECONDS,
                                    listener.arn(),
                                    listener.protocol(),
                                    listener.idle().toSeconds()));
        }
        return listener.withIdle(parse(attributes.get(0).value()));
    }

    private static Duration parse(String value) {
        if (SECONDS.matcher(value).matches()) {
            Duration idle = Duration.ofSeconds(Integer.parseInt(value));
            if (allows(idle)) {
                return idle;
            }
        }
        throw new InvalidConfigurationRequestException(
                "value '" + value + "' of " + TCP_IDLE_TIMEOUT_SECONDS + ": expected " + RANGE + ", such as 350");
    }
}
