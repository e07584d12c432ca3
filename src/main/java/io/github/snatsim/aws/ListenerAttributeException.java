package io.github.snatsim.aws;

/**
 * A request to describe or modify a listener's attributes was refused; nothing has changed. The subclasses are called what
 * the API calls its errors. The message says what was wrong, the value, and what would be right.
 */
public abstract sealed class ListenerAttributeException extends IllegalArgumentException
        permits InvalidConfigurationRequestException, ListenerNotFoundException {
    private static final long serialVersionUID = 1L;

    ListenerAttributeException(String message) {
        super(message);
    }
}
