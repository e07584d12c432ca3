package io.github.snatsim.trace;

import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Replays events by the conventions of {@code expected_replay.csv}, as plainly as can be: N ports per initiator. */
final class PlainReplay {
    private static final long LONG_HOLD_NANOS = 240_000_000_000L;
    private static final long RST_HOLD_NANOS = 15_000_000_000L;

    private record Customer(IpAddress instance, Destination destination) {
        @Override
        public String toString() {
            return instance + ">" + destination;
        }
    }

    private static final class Flow {
        long deadlineNanos;
        boolean held;
        final Set<Side> fins = EnumSet.noneOf(Side.class);

        Flow(long nowNanos) {
            deadlineNanos = nowNanos + LONG_HOLD_NANOS;
        }
    }

    private final int portsMax;
    private final Map<FiveTuple, Flow> flows = new HashMap<>();
    private final Map<Customer, Integer> ports = new HashMap<>();
    private final Map<Customer, Integer> peaks = new HashMap<>();
    private int events;
    private int accepted;
    private int refused;
    private int late;
    private String firstRefusal = ",";

    PlainReplay(int portsMax) {
        this.portsMax = portsMax;
    }

    void offer(FlowEvent event) {
        events++;
        release(event.timeNanos());
        Flow flow = flows.get(event.flow());
        boolean udp = event.flow().protocol() == Protocol.UDP;
        boolean opens = event.side() == Side.INITIATOR && (udp || event.kind() == Kind.SYN);
        if (flow == null && opens) {
            attempt(event);
        } else if (flow == null) {
            late++;
        } else if (flow.held && opens && !udp) {
            accepted++;
            flows.put(event.flow(), new Flow(event.timeNanos()));
        } else {
            packet(flow, event);
        }
    }

    private void attempt(FlowEvent event) {
        Customer customer = customer(event.flow());
        int taken = ports.getOrDefault(customer, 0);
        if (taken < portsMax) {
            accepted++;
            flows.put(event.flow(), new Flow(event.timeNanos()));
            ports.put(customer, taken + 1);
            peaks.merge(customer, taken + 1, Math::max);
        } else {
            if (refused == 0) {
                firstRefusal = event.timeNanos() / 1000 + "," + accepted;
            }
            refused++;
        }
    }

    private static void packet(Flow flow, FlowEvent event) {
        long now = event.timeNanos();
        if (event.kind() == Kind.RST) {
            flow.deadlineNanos = flow.held ? Math.min(flow.deadlineNanos, now + RST_HOLD_NANOS) : now + RST_HOLD_NANOS;
            flow.held = true;
        } else if (!flow.held) {
            flow.deadlineNanos = now + LONG_HOLD_NANOS;
            if (event.kind() == Kind.FIN) {
                flow.fins.add(event.side());
                flow.held = flow.fins.size() == 2;
            }
        }
    }

    private void release(long nowNanos) {
        flows.entrySet().removeIf(entry -> {
            boolean due = entry.getValue().deadlineNanos <= nowNanos;
            if (due) {
                ports.merge(customer(entry.getKey()), -1, Integer::sum);
            }
            return due;
        });
    }

    private static Customer customer(FiveTuple flow) {
        return new Customer(flow.source().address(), flow.to());
    }

    /** Returns the columns of the file from {@code events} on. */
    String row() {
        Comparator<Map.Entry<Customer, Integer>> order = Comparator.comparingInt(Map.Entry::getValue);
        Map.Entry<Customer, Integer> busiest = peaks.entrySet().stream()
                .max(order.thenComparing(entry -> entry.getKey().instance().toString())
                        .thenComparing(entry -> entry.getKey().destination().protocol())
                        .thenComparing(entry -> entry.getKey()
                                .destination()
                                .endpoint()
                                .address()
                                .toString())
                        .thenComparing(
                                entry -> entry.getKey().destination().endpoint().port()))
                .orElseThrow();
        return events + "," + portsMax + "," + accepted + "," + refused + "," + late + "," + busiest.getValue() + ","
                + busiest.getKey() + "," + firstRefusal;
    }
}
