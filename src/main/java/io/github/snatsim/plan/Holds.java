package io.github.snatsim.plan;

import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import java.util.OptionalLong;

/**
 * How long a gateway keeps ports (R1-R4).
 *
 * @param finNanos after FINs
 * @param rstNanos after an RST
 * @param idleTcpNanos after the last TCP packet, empty for ever
 * @param idleUdpNanos after the last UDP packet
 */
record Holds(long finNanos, long rstNanos, OptionalLong idleTcpNanos, long idleUdpNanos) {
    /** Behind an instance-level IP nothing waits and TCP never idles out (S1). */
    static Holds of(SnatProfile profile, boolean translatesPorts) {
        long udp = profile.idle().udp().toNanos();
        return translatesPorts
                ? new Holds(
                        profile.flows().finHold().toNanos(),
                        profile.flows().rstHold().toNanos(),
                        OptionalLong.of(profile.idle().tcp().toNanos()),
                        udp)
                : new Holds(0, 0, OptionalLong.empty(), udp);
    }

    OptionalLong idleNanos(Protocol protocol) {
        return protocol == Protocol.UDP ? OptionalLong.of(idleUdpNanos) : idleTcpNanos;
    }

    /** Whether a client's keepalives come in time to keep its open connections. */
    boolean keptAlive(Client client, Protocol protocol) {
        OptionalLong idle = idleNanos(protocol);
        return idle.isEmpty()
                || client.keepalive()
                        .filter(interval -> interval.toNanos() < idle.getAsLong())
                        .isPresent();
    }

    /** A UDP socket is given up with its request; a TCP connection that nobody closes stays open, keepalives and all. */
    DemandPart.Freed freed(Client client, Protocol protocol) {
        if (protocol == Protocol.UDP) {
            return DemandPart.Freed.IDLE;
        } else if (client.close() == Close.NONE) {
            return keptAlive(client, protocol) ? DemandPart.Freed.NEVER : DemandPart.Freed.IDLE;
        }
        return client.close() == Close.RST ? DemandPart.Freed.RST : DemandPart.Freed.FIN;
    }

    /** How long a port waits for that, empty for ever. */
    OptionalLong nanos(DemandPart.Freed freed, Protocol protocol) {
        return switch (freed) {
            case FIN -> OptionalLong.of(finNanos);
            case RST -> OptionalLong.of(rstNanos);
            case IDLE -> idleNanos(protocol);
            case NEVER -> OptionalLong.empty();
        };
    }
}
