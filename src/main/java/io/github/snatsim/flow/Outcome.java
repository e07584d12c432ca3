package io.github.snatsim.flow;

/** What a gateway did with an event. Immutable; threads may share it. */
public enum Outcome {
    /** It opened a flow; the packet is translated. */
    OPENED("opened"),
    /** It belongs to a live flow; the packet is translated. */
    TRANSLATED("translated"),
    /** Its destination needs no SNAT (T8): it passes as it is and takes no port. */
    UNTRANSLATED("passes untranslated"),
    /** It belongs to no flow and may not open one (T9). */
    DROPPED("dropped: no flow, and it cannot open one"),
    /** It belongs to no flow and may not open one; its sender is told so by an RST (N2). */
    RESET("answered with an RST: no flow, and it cannot open one"),
    /** Refused: every port of the instance is taken for this destination (T4). */
    NO_FREE_PORT("refused: all ports of the instance are taken for this destination"),
    /** Refused: the instance owns no ports. */
    NO_PORTS("refused: the instance owns no ports"),
    /** Refused: the source is not an instance of this gateway. */
    UNKNOWN_INSTANCE("refused: the source is not an instance of this gateway"),
    /** Refused: the outbound method does not carry the protocol (S4). */
    PROTOCOL_NOT_CARRIED("refused: the outbound method does not carry this protocol"),
    /** Refused: the flow table is full (N4). */
    TABLE_FULL("refused: the flow table is full");

    private final String sentence;

    Outcome(String sentence) {
        this.sentence = sentence;
    }

    /**
     * Tells whether the outcome is a refusal of an attempt.
     *
     * @return true for the last five
     */
    public boolean refused() {
        return ordinal() >= NO_FREE_PORT.ordinal();
    }

    /**
     * Returns the outcome for people.
     *
     * @return a sentence without a full stop
     */
    public String sentence() {
        return sentence;
    }
}
