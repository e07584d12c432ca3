package io.github.snatsim.aws;

/** An attribute's key or value is not allowed, or not on this listener (rule N3). */
public final class InvalidConfigurationRequestException extends ListenerAttributeException {
    private static final long serialVersionUID = 1L;

    InvalidConfigurationRequestException(String message) {
        super(message);
    }
}
