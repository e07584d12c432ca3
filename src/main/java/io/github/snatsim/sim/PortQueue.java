package io.github.snatsim.sim;

import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Side;
import io.github.snatsim.workload.Answer;
import io.github.snatsim.workload.Network;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What waits for a free SNAT port, in order of arrival for each owner of ports and destination. It is served at the instant at
 * which a port is released: while something waits, the queue is woken no later than the gateway's next release, again
 * whenever a packet has brought that forward, and after a packet that releases its port at once.
 */
final class PortQueue {
    private static final long NOT_WOKEN = Long.MAX_VALUE;

    /** Something that waits. */
    interface Waiter {
        /** Its place in the queue, from {@link PortQueue#nextPlace}, which it keeps however often it is tried in vain. */
        long place();

        /** The unit that it waits on. */
        IpAddress unit();

        /** A port may be free: tries again, and is refused again if not. */
        void tryNow();
    }

    private record Key(IpAddress owner, Destination destination) {}

    private final Network network;
    private final UnitPorts ports;
    private final Map<Key, SortedSet<Waiter>> queues = new LinkedHashMap<>();
    private final Set<Waiter> all = new LinkedHashSet<>();

    /** Units without a source port to a destination, until something is released; nothing if nothing waits. */
    private final Set<Key> withoutSourcePort = new HashSet<>();

    /** When the queue is to be woken; {@link #NOT_WOKEN} if it is not. */
    private long wakeNanos = NOT_WOKEN;

    private long places;

    PortQueue(Network network, UnitPorts ports) {
        this.network = network;
        this.ports = ports;
    }

    /** The network, for senders whose packets can bring a release forward. */
    Network network() {
        return new Watched();
    }

    /** The place of something that arrives now. */
    long nextPlace() {
        return places++;
    }

    void add(IpAddress unit, Destination destination, Waiter waiter) {
        queues.computeIfAbsent(key(unit, destination), unused -> new TreeSet<>(Comparator.comparingLong(Waiter::place)))
                .add(waiter);
        all.add(waiter);
        wakeAtRelease();
    }

    boolean contains(Waiter waiter) {
        return all.contains(waiter);
    }

    /** Takes something out; returns whether it waited. */
    boolean remove(IpAddress unit, Destination destination, Waiter waiter) {
        if (!all.remove(waiter)) {
            return false;
        }
        if (all.isEmpty()) {
            withoutSourcePort.clear(); // nobody watches the releases any more
        }
        Key key = key(unit, destination);
        SortedSet<Waiter> queue = queues.get(key);
        if (queue != null) {
            queue.remove(waiter);
            if (queue.isEmpty()) {
                queues.remove(key);
            }
        }
        return true;
    }

    private Key key(IpAddress unit, Destination destination) {
        return new Key(ports.owner(unit), destination);
    }

    /** Remembers that a unit has no source port to a destination, so that those who wait need not try in vain. */
    void sourcePortsAreOut(IpAddress unit, Destination destination) {
        withoutSourcePort.add(new Key(unit, destination));
    }

    boolean mayHaveSourcePort(IpAddress unit, Destination destination) {
        return !withoutSourcePort.contains(new Key(unit, destination));
    }

    /** Lets those who wait for a unit's ports to a destination have what is free. */
    void serve(IpAddress unit, Destination destination) {
        while (queues.containsKey(key(unit, destination)) && ports.free(unit, destination) > 0) {
            if (!tryFirst(unit, destination, waiter -> mayHaveSourcePort(waiter.unit(), destination))) {
                return;
            }
        }
    }

    /** Lets the first that waits try, of those that what has become free is for; returns whether there is one. */
    boolean tryFirst(IpAddress unit, Destination destination, Predicate<Waiter> canUse) {
        SortedSet<Waiter> queue = queues.get(key(unit, destination));
        if (queue == null) {
            return false;
        }
        Optional<Waiter> first = queue.stream().filter(canUse).findFirst();
        first.ifPresent(waiter -> {
            remove(unit, destination, waiter);
            waiter.tryNow();
        });
        return first.isPresent();
    }

    private void wakeAtRelease() {
        long release = ports.gateway().quietUntilNanos();
        if (!all.isEmpty() && release < wakeNanos) {
            wakeNanos = release;
            network.wakeAt(Math.max(release, network.nowNanos()), () -> {
                if (wakeNanos == release) {
                    wakeNanos = NOT_WOKEN;
                    withoutSourcePort.clear();
                    List.copyOf(queues.keySet()).forEach(key -> serve(key.owner(), key.destination()));
                    wakeAtRelease();
                }
            });
        }
    }

    /** Looks after every packet whether the next release comes earlier than thought. */
    private final class Watched implements Network {
        @Override
        public long nowNanos() {
            return network.nowNanos();
        }

        @Override
        public void wakeAt(long timeNanos, Runnable wakeUp) {
            network.wakeAt(timeNanos, wakeUp);
        }

        @Override
        public Answer send(FlowEvent.Kind kind, Side side, FiveTuple flow) {
            boolean closes = kind == FlowEvent.Kind.FIN || kind == FlowEvent.Kind.RST;
            boolean mayEnd = closes && network.isLive(flow);
            Answer answer = network.send(kind, side, flow);
            if (mayEnd && !network.isLive(flow)) { // the hold is zero
                // by a wake-up: those who were refused at this instant learn of it first
                wakeAt(nowNanos(), () -> {
                    withoutSourcePort.clear();
                    serve(flow.source().address(), flow.to());
                });
            }
            wakeAtRelease();
            return answer;
        }

        @Override
        public OptionalLong handshakeNanos() {
            return network.handshakeNanos();
        }

        @Override
        public boolean isLive(FiveTuple flow) {
            return network.isLive(flow);
        }
    }
}
