package io.github.snatsim.port;

import com.google.common.collect.ImmutableList;

/** Numbers break rules; all of them are known here, the message is that of the first. Immutable; threads may share it. */
public final class ViolationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient ImmutableList<Violation> violations;

    ViolationException(ImmutableList<Violation> violations) {
        super(violations.get(0).message());
        this.violations = violations;
    }

    /**
     * Returns what is wrong.
     *
     * @return at least one violation
     */
    public ImmutableList<Violation> violations() {
        return violations;
    }
}
