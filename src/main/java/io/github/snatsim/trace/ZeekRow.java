package io.github.snatsim.trace;

import static io.github.snatsim.trace.PackedEvent.packet;
import static io.github.snatsim.trace.PackedEvent.sentBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import java.io.IOException;
import java.util.Arrays;

/**
 * One connection of a Zeek log and the events that it stands for: at {@code ts} the SYN (UDP: the initiator's packet),
 * and at {@code ts + duration} an RST if its history has R or r, else both FINs if it has F and f, else a packet if the
 * duration is above zero (UDP: one of the responder, and never anything else).
 */
final class ZeekRow {
    /** The columns that matter. */
    enum Field {
        TS("ts"),
        ORIG_H("id.orig_h"),
        ORIG_P("id.orig_p"),
        RESP_H("id.resp_h"),
        RESP_P("id.resp_p"),
        PROTO("proto"),
        DURATION("duration"),
        HISTORY("history");

        static final ImmutableMap<String, Field> BY_NAME =
                Maps.uniqueIndex(Arrays.asList(values()), field -> field.columnName);

        final String columnName;

        Field(String columnName) {
            this.columnName = columnName;
        }

        /** Tells whether Zeek writes it in every row; the others may be unset. */
        boolean isRequired() {
            return this != DURATION && this != HISTORY;
        }
    }

    private final LineReader line;
    private final SkipCounts skips;
    /** By ordinal of the field; empty where unset. */
    private final String[] values = new String[Field.values().length];

    ZeekRow(LineReader line, SkipCounts skips) {
        this.line = line;
        this.skips = skips;
    }

    void clear() {
        Arrays.fill(values, "");
    }

    void set(Field field, String value) {
        values[field.ordinal()] = value;
    }

    private String get(Field field) {
        return values[field.ordinal()];
    }

    /** Adds the row's events, or counts it as skipped and returns false. */
    boolean addTo(ReorderBuffer buffer) throws IOException {
        String proto = get(Field.PROTO);
        if (proto.isEmpty()) {
            throw line.wrong(Field.PROTO.columnName, proto, "tcp, udp or another protocol's name");
        }
        if (!proto.equals("tcp") && !proto.equals("udp")) {
            skips.add(proto.startsWith("icmp") ? SkipReason.ICMP : SkipReason.OTHER_PROTOCOL);
            return false;
        }
        if (TextFields.isIpv6(get(Field.ORIG_H)) || TextFields.isIpv6(get(Field.RESP_H))) {
            skips.add(SkipReason.IPV6);
            return false;
        }
        long initiator = end(Field.ORIG_H, Field.ORIG_P);
        long responder = end(Field.RESP_H, Field.RESP_P);
        long startNanos = TextFields.nanos(line, Field.TS.columnName, get(Field.TS));
        long durationNanos = get(Field.DURATION).isEmpty()
                ? 0
                : TextFields.nanos(line, Field.DURATION.columnName, get(Field.DURATION));
        if (durationNanos > Long.MAX_VALUE - startNanos) {
            throw line.wrong(Field.DURATION.columnName, get(Field.DURATION), "an end before the year 2262");
        }
        long startMicros = startNanos / 1000;
        line.arrive(startMicros * 1000, buffer);
        long endMicros = (startNanos + durationNanos) / 1000;
        if (proto.equals("tcp")) {
            buffer.add(startMicros * 1000, packet(Protocol.TCP, Kind.SYN) | initiator, responder);
            addTcpEnd(buffer, endMicros * 1000, durationNanos > 0, initiator, responder);
        } else {
            long udp = packet(Protocol.UDP, Kind.PACKET) | initiator;
            buffer.add(startMicros * 1000, udp, responder);
            if (durationNanos > 0) {
                buffer.add(endMicros * 1000, udp | sentBy(Side.RESPONDER), responder);
            }
        }
        return true;
    }

    private long end(Field address, Field port) {
        return TextFields.end(line, address.columnName, get(address), port.columnName, get(port));
    }

    private void addTcpEnd(ReorderBuffer buffer, long endNanos, boolean lasted, long initiator, long responder)
            throws IOException {
        String history = get(Field.HISTORY);
        boolean resetByInitiator = history.indexOf('R') >= 0;
        if (resetByInitiator || history.indexOf('r') >= 0) {
            Side side = resetByInitiator ? Side.INITIATOR : Side.RESPONDER;
            buffer.add(endNanos, packet(Protocol.TCP, Kind.RST) | sentBy(side) | initiator, responder);
        } else if (history.indexOf('F') >= 0 && history.indexOf('f') >= 0) {
            long fin = packet(Protocol.TCP, Kind.FIN) | initiator;
            buffer.add(endNanos, fin, responder);
            buffer.add(endNanos, fin | sentBy(Side.RESPONDER), responder);
        } else if (lasted) {
            buffer.add(endNanos, packet(Protocol.TCP, Kind.PACKET) | initiator, responder);
        }
    }
}
