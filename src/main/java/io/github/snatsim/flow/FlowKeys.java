package io.github.snatsim.flow;

import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;

/**
 * Turns 5-tuples into keys of 64 bits and back, for one {@link FlowTable}. Source addresses and destinations get small
 * numbers when they are first met; a key is (source 24 bits, source port 16, destination 24 of which one is the
 * protocol). So a table has room for 16,777,215 sources and, per protocol, 8,388,607 destinations at once; a
 * destination that {@link #key} has not pinned leaves when its last flow ends. Not for use by several threads at once.
 */
public final class FlowKeys {
    private static final int DESTINATION_BITS = 23;
    private static final int DESTINATION_MASK = (1 << DESTINATION_BITS) - 1;
    static final int PORT_SHIFT = DESTINATION_BITS + 1;
    private static final int SOURCE_SHIFT = PORT_SHIFT + 16;
    private static final int SOURCES_MAX = (1 << 24) - 1;
    private static final long UDP_BIT = 1L << DESTINATION_BITS;
    private static final long PORT_MASK = 0xffffL << PORT_SHIFT;

    /** What {@link #find} returns for a 5-tuple that cannot be in the table. */
    static final long NONE = 0;

    private final Interner<IpAddress> sources = new Interner<>("sources", SOURCES_MAX);
    private final Interner<Endpoint> destinations = new Interner<>("destinations", DESTINATION_MASK);

    /** Makes keys for a new table. */
    public FlowKeys() {}

    /**
     * Returns the key of a 5-tuple and pins it: the key means this 5-tuple for the life of the table. For the primitive
     * entry; take it once per flow.
     *
     * @param flow the 5-tuple
     * @return its key, never 0
     * @throws IllegalStateException if the table has no room for another source or destination
     */
    public long key(FiveTuple flow) {
        long key = intern(flow);
        sources.hold(source(key));
        destinations.hold(destination(key));
        return key;
    }

    /**
     * Returns the 5-tuple that a key means now.
     *
     * @param flow a key of this table
     * @return the 5-tuple
     * @throws IllegalArgumentException if the key's source or destination has left the table
     */
    public FiveTuple tuple(long flow) {
        return new FiveTuple(
                protocol(flow),
                new Endpoint(sourceAddress(flow), sourcePort(flow)),
                destinations.value(destination(flow)));
    }

    /**
     * Returns the source address of a flow: its instance.
     *
     * @param flow a key of this table
     * @return the private address
     */
    public IpAddress sourceAddress(long flow) {
        return sources.value(source(flow));
    }

    /**
     * Returns where a flow goes.
     *
     * @param flow a key of this table
     * @return the destination
     */
    public Destination destinationOf(long flow) {
        return new Destination(protocol(flow), destinations.value(destination(flow)));
    }

    /**
     * Returns the protocol of a flow.
     *
     * @param flow a key of this table
     * @return TCP or UDP
     */
    public Protocol protocol(long flow) {
        return isUdp(flow) ? Protocol.UDP : Protocol.TCP;
    }

    /** Returns the key of a 5-tuple without pinning it. */
    long intern(FiveTuple flow) {
        return key(sources.intern(flow.source().address()), flow, destinations.intern(flow.destination()));
    }

    /** Returns the key of a 5-tuple whose source and destination are known, else {@link #NONE}. */
    long find(FiveTuple flow) {
        int source = sources.find(flow.source().address());
        int destination = destinations.find(flow.destination());
        return source == 0 || destination == 0 ? NONE : key(source, flow, destination);
    }

    /** Returns the number of a destination, 0 if it has none. */
    int findDestination(Endpoint destination) {
        return destinations.find(destination);
    }

    private static long key(int source, FiveTuple flow, int destination) {
        return (long) source << SOURCE_SHIFT
                | (long) flow.source().port() << PORT_SHIFT
                | (flow.protocol() == Protocol.UDP ? UDP_BIT : 0)
                | destination;
    }

    /**
     * Returns the number that {@link #source} gives for the flows of an address, and keeps it for the life of the table.
     *
     * @param address a private address
     * @return the number, a new one if it had none
     */
    public int pinSource(IpAddress address) {
        int source = sources.find(address);
        if (source == 0) {
            source = sources.intern(address);
            sources.hold(source);
        }
        return source;
    }

    /**
     * Returns the number that {@link #source} gives for the flows of an instance.
     *
     * @param instance its private address
     * @return the number, 0 for an address that the table does not know
     */
    public int sourceNumber(IpAddress instance) {
        return sources.find(instance);
    }

    /** Keeps a flow's source and destination while the flow lives. */
    void hold(long flow) {
        sources.hold(source(flow));
        destinations.hold(destination(flow));
    }

    /** The opposite of {@link #hold}. */
    void drop(long flow) {
        sources.drop(source(flow));
        destinations.drop(destination(flow));
    }

    /** Forgets what {@link #intern} added for an attempt that came to nothing. */
    void dropIfUnheld(long flow) {
        sources.dropIfUnheld(source(flow));
        destinations.dropIfUnheld(destination(flow));
    }

    /**
     * Returns the number of a flow's source address: small, so that it can index an array. It means the same address as
     * long as the table knows the address, for a SNAT instance always.
     *
     * @param flow a key
     * @return 1-16,777,215
     */
    public static int source(long flow) {
        return (int) (flow >>> SOURCE_SHIFT);
    }

    static int sourcePort(long flow) {
        return (int) (flow >>> PORT_SHIFT) & 0xffff;
    }

    static int destination(long flow) {
        return (int) flow & DESTINATION_MASK;
    }

    /**
     * Tells whether a flow is UDP.
     *
     * @param flow a key
     * @return true for UDP, false for TCP
     */
    public static boolean isUdp(long flow) {
        return (flow & UDP_BIT) != 0;
    }

    /**
     * Returns a key without its source port: one number per (source, protocol, destination), good as long as such a flow
     * lives.
     *
     * @param flow a key
     * @return the number, never 0
     */
    public static long pair(long flow) {
        return flow & ~PORT_MASK;
    }

    /**
     * Returns a key with a frontend's number in place of its source port: one number per (source, frontend, protocol,
     * destination), good as long as such a flow lives.
     *
     * @param flow a key
     * @param frontend the frontend's number
     * @return the number, {@link #pair(long)} for frontend 0
     */
    public static long pair(long flow, int frontend) {
        return pair(flow) | (long) frontend << PORT_SHIFT;
    }

    /**
     * Returns the frontend that {@link #pair(long, int)} put into a number.
     *
     * @param pair the number
     * @return the frontend's number
     */
    public static int frontendOfPair(long pair) {
        return sourcePort(pair);
    }

    /**
     * Returns a key as it would be for another source.
     *
     * @param flow a key
     * @param source the number of another address of the table
     * @return the key
     */
    public static long withSource(long flow, int source) {
        return (flow & ((1L << SOURCE_SHIFT) - 1)) | (long) source << SOURCE_SHIFT;
    }

    /** Returns the {@link #pair} of two numbers. */
    static long pair(int source, Protocol protocol, int destination) {
        return (long) source << SOURCE_SHIFT | (protocol == Protocol.UDP ? UDP_BIT : 0) | destination;
    }
}
