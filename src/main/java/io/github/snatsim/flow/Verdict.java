package io.github.snatsim.flow;

import io.github.snatsim.net.Destination;
import java.util.function.Function;

/** What a gateway did with an event, with what belongs to it. Immutable; threads may share it. */
public sealed interface Verdict {
    /**
     * The event opened a flow.
     *
     * @param port the port that the flow took (for SNAT, the source port that its destination sees)
     */
    record Opened(int port) implements Verdict {
        @Override
        public Outcome outcome() {
            return Outcome.OPENED;
        }

        @Override
        public String toString() {
            return "opened on port " + port;
        }
    }

    /**
     * The event belongs to a live flow.
     *
     * @param port the port that the flow holds
     */
    record Translated(int port) implements Verdict {
        @Override
        public Outcome outcome() {
            return Outcome.TRANSLATED;
        }

        @Override
        public String toString() {
            return "translated on port " + port;
        }
    }

    /** The event passes as it is: its destination needs no SNAT (T8). */
    record Untranslated() implements Verdict {
        @Override
        public Outcome outcome() {
            return Outcome.UNTRANSLATED;
        }

        @Override
        public String toString() {
            return outcome().sentence();
        }
    }

    /** The event belongs to no flow and may not open one (T9). */
    record Dropped() implements Verdict {
        @Override
        public Outcome outcome() {
            return Outcome.DROPPED;
        }

        @Override
        public String toString() {
            return outcome().sentence();
        }
    }

    /** The event belongs to no flow and may not open one; its sender is told so by an RST (N2). */
    record Reset() implements Verdict {
        @Override
        public Outcome outcome() {
            return Outcome.RESET;
        }

        @Override
        public String toString() {
            return outcome().sentence();
        }
    }

    /**
     * The event tried to open a flow and was refused; nothing was taken.
     *
     * @param outcome why
     * @param destination where the flow would have gone
     */
    record Refused(Outcome outcome, Destination destination) implements Verdict {
        /**
         * Checks the outcome.
         *
         * @param outcome why
         * @param destination where the flow would have gone
         * @throws IllegalArgumentException if the outcome is not a refusal
         */
        public Refused {
            if (!outcome.refused()) {
                throw new IllegalArgumentException(outcome + " is not a refusal");
            }
        }

        @Override
        public String toString() {
            return outcome.sentence() + ", " + destination;
        }
    }

    /**
     * Returns the kind of this verdict, as the primitive entry gives it.
     *
     * @return the outcome
     */
    Outcome outcome();

    /**
     * Applies the function for this kind of verdict.
     *
     * @param opened for {@link Opened}
     * @param translated for {@link Translated}
     * @param untranslated for {@link Untranslated}
     * @param dropped for {@link Dropped}
     * @param reset for {@link Reset}
     * @param refused for {@link Refused}
     * @param <T> what the functions return
     * @return what the function returned
     */
    default <T> T match(
            Function<Opened, T> opened,
            Function<Translated, T> translated,
            Function<Untranslated, T> untranslated,
            Function<Dropped, T> dropped,
            Function<Reset, T> reset,
            Function<Refused, T> refused) {
        if (this instanceof Opened verdict) {
            return opened.apply(verdict);
        } else if (this instanceof Translated verdict) {
            return translated.apply(verdict);
        } else if (this instanceof Untranslated verdict) {
            return untranslated.apply(verdict);
        } else if (this instanceof Dropped verdict) {
            return dropped.apply(verdict);
        } else if (this instanceof Reset verdict) {
            return reset.apply(verdict);
        } else {
            return refused.apply((Refused) this);
        }
    }
}
