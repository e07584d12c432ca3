package io.github.snatsim.cli;

import org.jspecify.annotations.Nullable;

/** The user's input is wrong; the message is one line that says what, where, and what would be right. */
final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
