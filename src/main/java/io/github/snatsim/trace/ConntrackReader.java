package io.github.snatsim.trace;

import static io.github.snatsim.trace.PackedEvent.packet;
import static io.github.snatsim.trace.PackedEvent.sentBy;

import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import java.io.IOException;

/**
 * Reads what {@code conntrack -E -o timestamp} prints, with or without {@code extended} and {@code id}.
 *
 * <p>The table tells states, not packets. NEW is the SYN. FIN_WAIT is the first FIN, taken as the initiator's;
 * TIME_WAIT the second, taken as the responder's. CLOSE is an RST. Any other change is a packet: the responder's for
 * SYN_RECV and for UDP, else the
 * initiator's. DESTROY is the table's own doing and no event.
 */
final class ConntrackReader implements RecordReader {
    private final LineReader lines;
    private final SkipCounts skips;
    private final ConntrackLine line;

    ConntrackReader(LineReader lines, SkipCounts skips) {
        this.lines = lines;
        this.skips = skips;
        line = new ConntrackLine(lines);
    }

    @Override
    public boolean readInto(ReorderBuffer buffer) throws IOException {
        while (lines.next()) {
            if (addLine(buffer)) {
                return true;
            }
        }
        return false;
    }

    private boolean addLine(ReorderBuffer buffer) throws IOException {
        if (lines.text().startsWith("conntrack v")) {
            return false; // what the program says when it is stopped
        }
        line.parse();
        if (line.event().equals("[DESTROY]")) {
            return false;
        }
        boolean tcp = line.protocol().equals("tcp");
        if (!tcp && !line.protocol().equals("udp")) {
            skips.add(line.protocol().startsWith("icmp") ? SkipReason.ICMP : SkipReason.OTHER_PROTOCOL);
            return false;
        }
        if (line.isIpv6()) {
            skips.add(SkipReason.IPV6);
            return false;
        }
        long initiator = line.initiator();
        long responder = line.responder();
        lines.arrive(line.timeNanos(), buffer);
        boolean isNew = line.event().equals("[NEW]");
        long what = tcp ? tcpPacket(isNew, line.state()) : udpPacket(isNew);
        buffer.add(line.timeNanos(), what | initiator, responder);
        return true;
    }

    private static long udpPacket(boolean isNew) {
        return packet(Protocol.UDP, Kind.PACKET) | sentBy(isNew ? Side.INITIATOR : Side.RESPONDER);
    }

    private static long tcpPacket(boolean isNew, String state) {
        return isNew
                ? packet(Protocol.TCP, Kind.SYN)
                : switch (state) {
                    case "FIN_WAIT" -> packet(Protocol.TCP, Kind.FIN);
                    case "TIME_WAIT" -> packet(Protocol.TCP, Kind.FIN) | sentBy(Side.RESPONDER);
                    case "CLOSE" -> packet(Protocol.TCP, Kind.RST);
                    case "SYN_RECV", "SYN_SENT2" -> packet(Protocol.TCP, Kind.PACKET) | sentBy(Side.RESPONDER);
                    default -> packet(Protocol.TCP, Kind.PACKET);
                };
    }
}
