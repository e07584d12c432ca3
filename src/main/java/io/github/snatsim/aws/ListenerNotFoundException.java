package io.github.snatsim.aws;

/** The load balancer has no listener of that name. */
public final class ListenerNotFoundException extends ListenerAttributeException {
    private static final long serialVersionUID = 1L;

    ListenerNotFoundException(String message) {
        super(message);
    }
}
