package io.github.snatsim.bench;

import io.github.snatsim.net.FlowEvent.Kind;

/** A flow of the peers, with the rules that change it. */
class PeerFlow {
    static final long IDLE_NANOS = 240_000_000_000L;
    static final long FIN_HOLD_NANOS = 240_000_000_000L;
    static final long RST_HOLD_NANOS = 15_000_000_000L;

    /** What an event did to a flow. */
    enum Change {
        NONE,
        REFRESHED,
        FIN_HELD,
        RST_HELD,
        REVIVED
    }

    private static final int SYN = Batch.number(Kind.SYN);
    private static final int FIN = Batch.number(Kind.FIN);
    private static final int RST = Batch.number(Kind.RST);

    PeerPorts.Taken taken;
    int port;
    long deadline;
    /** Flows that end at one instant end in the order in which they opened (R6). */
    long order;

    private byte fins;
    private boolean held;

    static boolean opens(int kind, int side) {
        return kind == SYN && side == 0;
    }

    void open(long timeNanos, long order) {
        this.order = order;
        deadline = timeNanos + IDLE_NANOS;
        fins = 0;
        held = false;
    }

    /** T5, R1-R3, R5. For REVIVED the caller opens the flow again. */
    Change on(long timeNanos, int kind, int side) {
        if (held && opens(kind, side)) {
            return Change.REVIVED;
        }
        if (kind == RST) {
            return hold(timeNanos + RST_HOLD_NANOS) ? Change.RST_HELD : Change.NONE;
        }
        if (kind == FIN && fins != 3) {
            fins |= (byte) (1 << side);
            if (fins == 3) {
                return hold(timeNanos + FIN_HOLD_NANOS) ? Change.FIN_HELD : Change.NONE;
            }
        }
        if (held) {
            return Change.NONE;
        }
        deadline = timeNanos + IDLE_NANOS;
        return Change.REFRESHED;
    }

    boolean isHeld() {
        return held;
    }

    private boolean hold(long untilNanos) {
        if (held && untilNanos >= deadline) {
            return false;
        }
        held = true;
        deadline = untilNanos;
        return true;
    }
}
