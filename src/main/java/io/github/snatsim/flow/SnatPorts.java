package io.github.snatsim.flow;

import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.time.Nanos;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Admission by SNAT port (rules T2-T4, T6, T7): a flow takes a port of its instance that no other flow to the same
 * destination has. TCP and UDP ports are apart (P3). Not for use by several threads at once.
 */
public final class SnatPorts implements Admission {
    private final FlowKeys keys;
    private final PortChoice choice;
    private final UdpSharing udpSharing;
    private final IdleRules idle;
    private final int frontend;

    /** The source number that owns the ports of all sources, 0 where each owns its own. */
    private final int commonOwner;

    private final DestinationPorts taken = new DestinationPorts();

    /** By source number * 2, + 1 for UDP. */
    private @Nullable PortBlock[] blocks = new PortBlock[32];

    /** Numbers of UDP destination addresses, where ports are shared by address. */
    private final Map<IpAddress, Integer> addressNumbers = new HashMap<>();

    private final View view = new View();

    /**
     * How long flows may be silent (rules R3, R4, R8). Immutable; threads may share it.
     *
     * @param tcp for an answered TCP flow
     * @param tcpHalfOpen for a TCP flow that nothing has answered yet
     * @param udp for a UDP flow
     */
    public record IdleRules(Duration tcp, Duration tcpHalfOpen, Duration udp) {
        /**
         * Checks the times.
         *
         * @param tcp for an answered TCP flow
         * @param tcpHalfOpen for a TCP flow that nothing has answered yet
         * @param udp for a UDP flow
         * @throws IllegalArgumentException if a time is not above zero
         * @throws ArithmeticException if a time is longer than 292 years
         */
        public IdleRules {
            check("TCP idle time", tcp);
            check("half-open idle time", tcpHalfOpen);
            check("UDP idle time", udp);
        }

        private static void check(String name, Duration time) {
            if (Nanos.of(time) < 1) {
                throw new IllegalArgumentException(name + " " + time + " is not above zero");
            }
        }

        /** The idle time of a flow. */
        long nanos(long flow, boolean answered) {
            return Nanos.of(FlowKeys.isUdp(flow) ? udp : answered ? tcp : tcpHalfOpen);
        }

        /**
         * Returns one idle time for all flows.
         *
         * @param time the idle time; 4 minutes in the classic deployment model (R3)
         * @return the rules
         */
        public static IdleRules of(Duration time) {
            return new IdleRules(time, time, time);
        }
    }

    /**
     * Makes an admission without instances.
     *
     * @param keys the keys of the table that this serves
     * @param choice which port a flow takes
     * @param udpSharing which UDP flows may share a port
     * @param idle how long flows may be silent
     */
    public SnatPorts(FlowKeys keys, PortChoice choice, UdpSharing udpSharing, IdleRules idle) {
        this(keys, choice, udpSharing, idle, 0, 0);
    }

    private SnatPorts(
            FlowKeys keys, PortChoice choice, UdpSharing udpSharing, IdleRules idle, int frontend, int commonOwner) {
        this.keys = keys;
        this.choice = choice;
        this.udpSharing = udpSharing;
        this.idle = idle;
        this.frontend = frontend;
        this.commonOwner = commonOwner;
    }

    /**
     * Returns an admission without instances to a numbered frontend.
     *
     * @param frontend the frontend's number, part of the ports that {@link #take} returns
     * @param keys the keys of the table that this serves
     * @param choice which port a flow takes
     * @param udpSharing which UDP flows may share a port
     * @param idle how long flows may be silent
     * @return the admission
     */
    public static SnatPorts ofFrontend(
            int frontend, FlowKeys keys, PortChoice choice, UdpSharing udpSharing, IdleRules idle) {
        return new SnatPorts(keys, choice, udpSharing, idle, frontend, 0);
    }

    /**
     * Returns an admission to a numbered frontend all of whose ports belong to one owner and serve every source: what a
     * firewall in the path does.
     *
     * @param frontend the frontend's number, part of the ports that {@link #take} returns
     * @param owner the address whose ports, once it is given some, all sources take
     * @param keys the keys of the table that this serves
     * @param choice which port a flow takes
     * @param udpSharing which UDP flows may share a port
     * @param idle how long flows may be silent
     * @return the admission
     */
    public static SnatPorts shared(
            int frontend, IpAddress owner, FlowKeys keys, PortChoice choice, UdpSharing udpSharing, IdleRules idle) {
        return new SnatPorts(keys, choice, udpSharing, idle, frontend, keys.pinSource(owner));
    }

    /**
     * Gives an instance its ports, for TCP and for UDP. Before a port is taken away its flows must have ended: see
     * {@link FlowTable#endFlows}.
     *
     * @param instance its private address
     * @param ports all ports that it owns from now on
     * @throws IllegalStateException if a port that would be taken away has flows
     */
    public void assign(IpAddress instance, PortSet ports) {
        int source = keys.pinSource(instance);
        if (2 * source + 1 >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(2 * source + 2, blocks.length * 2));
        }
        for (int i = 2 * source; i <= 2 * source + 1; i++) {
            PortBlock before = blocks[i];
            blocks[i] = before == null ? new PortBlock(ports) : before.with(ports);
        }
    }

    /**
     * Makes an address unknown again. Its flows must have ended.
     *
     * @param instance its private address
     * @throws IllegalStateException if the instance has flows
     */
    public void remove(IpAddress instance) {
        assign(instance, PortSet.empty());
        int source = keys.sourceNumber(instance);
        blocks[2 * source] = null;
        blocks[2 * source + 1] = null;
    }

    @Override
    public int take(long flow) {
        PortBlock block = block(flow);
        if (block == null) {
            return Admission.refusal(Outcome.UNKNOWN_INSTANCE, frontend);
        }
        if (block.ownedCount() == 0) {
            return Admission.refusal(Outcome.NO_PORTS, frontend);
        }
        long pair = pair(flow);
        int slot = taken.find(pair);
        if (slot != DestinationPorts.NONE && taken.count(slot) == block.ownedCount()) {
            return Admission.refusal(Outcome.NO_FREE_PORT, frontend);
        }
        view.block = block;
        view.slot = slot;
        int port = choice.choose(view);
        if (!view.isFree(port)) {
            throw new IllegalStateException(
                    "port " + port + " was chosen for " + keys.tuple(flow) + " but is not free for it");
        }
        taken.set(slot != DestinationPorts.NONE ? slot : taken.findOrInsert(pair), port, block);
        block.take(port);
        return SnatPort.of(frontend, port);
    }

    @Override
    public void giveBack(long flow, int snatPort) {
        int port = SnatPort.port(snatPort);
        PortBlock block = block(flow);
        if (block == null) {
            throw new IllegalStateException(keys.tuple(flow) + " ended after its instance was removed");
        }
        block.giveBack(port);
        taken.clear(taken.find(pair(flow)), port);
    }

    @Override
    public long touch(long flow) {
        PortBlock block = block(flow);
        long touched = block == null ? 0 : block.touch();
        return udpSharing == UdpSharing.PER_DESTINATION || !FlowKeys.isUdp(flow)
                ? touched + taken.touch(pair(flow))
                : touched;
    }

    @Override
    public long idleNanos(long flow, boolean answered) {
        return idle.nanos(flow, answered);
    }

    /**
     * Returns how many distinct ports of an instance have at least one flow, holds included (rule T6).
     *
     * @param instance its private address
     * @param protocol TCP or UDP
     * @return ports, 0 for an unknown instance
     */
    public int portsUsed(IpAddress instance, Protocol protocol) {
        PortBlock block = block(keys.sourceNumber(instance), protocol == Protocol.UDP);
        return block == null ? 0 : block.usedCount();
    }

    /**
     * Returns how many ports an instance owns for each protocol.
     *
     * @param instance its private address
     * @return ports, 0 for an unknown instance
     */
    public int portsOwned(IpAddress instance) {
        PortBlock block = block(keys.sourceNumber(instance), false);
        return block == null ? 0 : block.ownedCount();
    }

    /**
     * Returns how many ports of an instance are taken for a destination: those of the flows that a new one there could
     * not share a port with (T3, T7).
     *
     * @param instance its private address
     * @param destination where to
     * @return ports
     */
    public int portsUsed(IpAddress instance, Destination destination) {
        int source = keys.sourceNumber(instance);
        int slot = taken.find(FlowKeys.pair(source, destination.protocol(), number(destination)));
        return slot == DestinationPorts.NONE ? 0 : taken.count(slot);
    }

    /** The last part of a {@link #pair}, 0 where nothing is shared and for what has no flows. */
    private int number(Destination destination) {
        if (udpSharing == UdpSharing.PER_DESTINATION || destination.protocol() == Protocol.TCP) {
            return keys.findDestination(destination.endpoint());
        }
        return udpSharing == UdpSharing.NONE
                ? 0
                : addressNumbers.getOrDefault(destination.endpoint().address(), 0);
    }

    private @Nullable PortBlock block(long flow) {
        return block(commonOwner != 0 ? commonOwner : FlowKeys.source(flow), FlowKeys.isUdp(flow));
    }

    private @Nullable PortBlock block(int source, boolean udp) {
        int i = 2 * source + (udp ? 1 : 0);
        return i < blocks.length ? blocks[i] : null;
    }

    /** What flows may not share a port within: (source, protocol, destination), or what the reading of T7 says. */
    private long pair(long flow) {
        long pair = FlowKeys.pair(commonOwner != 0 ? FlowKeys.withSource(flow, commonOwner) : flow);
        if (udpSharing == UdpSharing.PER_DESTINATION || !FlowKeys.isUdp(flow)) {
            return pair;
        }
        long rest = pair - FlowKeys.destination(flow);
        return udpSharing == UdpSharing.NONE ? rest : rest + addressNumber(flow);
    }

    private int addressNumber(long flow) {
        IpAddress address = keys.destinationOf(flow).endpoint().address();
        return addressNumbers.computeIfAbsent(address, unused -> addressNumbers.size() + 1);
    }

    /** The block and pair at hand, for {@link PortChoice}. */
    private final class View implements PortView {
        private PortBlock block = new PortBlock(PortSet.empty());
        private int slot;

        private long takenWord(int word) {
            return slot == DestinationPorts.NONE ? 0 : taken.word(slot, word);
        }

        private int takenCount() {
            return slot == DestinationPorts.NONE ? 0 : taken.count(slot);
        }

        private boolean isFree(int port) {
            return block.owns(port) && (slot == DestinationPorts.NONE || !taken.isTaken(slot, port));
        }

        @Override
        public int freeCount() {
            return block.ownedCount() - takenCount();
        }

        @Override
        public int free(int rank) {
            int left = rank;
            for (int word = block.firstWord(); word <= block.lastWord(); word++) {
                long free = block.owned(word) & ~takenWord(word);
                int count = Long.bitCount(free);
                if (left < count) {
                    for (; left > 0; left--) {
                        free &= free - 1;
                    }
                    return lowest(word, free);
                }
                left -= count;
            }
            throw new IndexOutOfBoundsException(rank);
        }

        @Override
        public int nextFree(int from) {
            int start = Math.max(from, block.firstWord() * PortBlock.WORD_PORTS);
            long atOrAbove = -1L << start;
            for (int word = start / PortBlock.WORD_PORTS; word <= block.lastWord(); word++) {
                long free = block.owned(word) & ~takenWord(word) & atOrAbove;
                if (free != 0) {
                    return lowest(word, free);
                }
                atOrAbove = -1;
            }
            return NONE;
        }

        @Override
        public int lowestShareable() {
            if (block.usedCount() == takenCount()) {
                return NONE;
            }
            for (int word = block.firstWord(); word <= block.lastWord(); word++) {
                long shareable = block.used(word) & ~takenWord(word);
                if (shareable != 0) {
                    return lowest(word, shareable);
                }
            }
            return NONE;
        }

        @Override
        public int lowestUnused() {
            return block.lowestUnused();
        }

        @Override
        public int lastTaken() {
            return block.lastTaken();
        }

        private static int lowest(int word, long bits) {
            return word * PortBlock.WORD_PORTS + Long.numberOfTrailingZeros(bits);
        }
    }
}
