package io.github.snatsim.bench;

import io.github.snatsim.net.FlowEvent.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The events of a workload as a capture of bare IP packets with times in nanoseconds. */
final class PacketStream {
    private static final int BATCH = 1 << 14;
    private static final int HEADER_BYTES = 16;
    private static final int PACKET_BYTES = 40;
    private static final int LINK_TYPE_RAW = 101;
    private static final long SECOND = 1_000_000_000;
    private static final long SEED = 1;

    private PacketStream() {}

    static void write(Workload workload, int packets, OutputStream out) throws IOException {
        Traffic traffic = new Traffic(workload, new LinkedMaps(workload), SEED);
        Batch batch = new Batch(BATCH);
        ByteBuffer bytes = ByteBuffer.allocate(BATCH * (HEADER_BYTES + PACKET_BYTES));
        bytes.putInt(0xa1b23c4d).putShort((short) 2).putShort((short) 4).putLong(0);
        bytes.putInt(65_535).putInt(LINK_TYPE_RAW);
        for (int done = 0; done < packets; done += BATCH) {
            out.write(bytes.array(), 0, bytes.position());
            bytes.clear();
            traffic.fill(batch);
            for (int i = 0; i < BATCH; i++) {
                put(batch, i, bytes);
            }
        }
        out.write(bytes.array(), 0, bytes.position());
    }

    private static void put(Batch batch, int i, ByteBuffer bytes) {
        Tuple flow = Tuple.of(batch.key[i]);
        long from = batch.side[i] == 0 ? flow.source() : flow.destination();
        long to = batch.side[i] == 0 ? flow.destination() : flow.source();
        bytes.putInt((int) (batch.timeNanos[i] / SECOND)).putInt((int) (batch.timeNanos[i] % SECOND));
        bytes.putInt(PACKET_BYTES).putInt(PACKET_BYTES);
        // IPv4: version and length, total length, no fragment, TTL 64, TCP
        bytes.putInt(0x45000000 | PACKET_BYTES).putInt(0).putInt(64 << 24 | 6 << 16);
        bytes.putInt((int) (from >>> 16)).putInt((int) (to >>> 16));
        // TCP: ports, sequence numbers, header length and flags
        bytes.putShort((short) from).putShort((short) to).putLong(0);
        bytes.putShort((short) (5 << 12 | flags(batch.kind[i])))
                .putShort((short) 1_024)
                .putInt(0);
    }

    private static int flags(int kind) {
        return switch (Kind.values()[kind]) {
            case SYN -> 0x02;
            case PACKET -> 0x10;
            case FIN -> 0x11;
            case RST -> 0x04;
        };
    }
}
