package io.github.snatsim.workload;

import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** An instance as its clients share it: its address and its source ports. */
final class Host {
    private final IpAddress address;
    private final SourcePorts rule;
    private final RandomGenerator random;
    private int next;

    Host(IpAddress address, SourcePorts rule, RandomGenerator random) {
        this.address = address;
        this.rule = rule;
        this.random = random;
        this.next = rule.range().first();
    }

    IpAddress address() {
        return address;
    }

    /** Returns a 5-tuple without a live or held flow (C9), empty if the host is out of source ports for it. */
    Optional<FiveTuple> newFlow(Destination to, Network network) {
        PortRange range = rule.range();
        if (rule.order() == SourcePorts.Order.RANDOM) {
            next = range.first() + random.nextInt(range.size());
        }
        for (int tried = 0; tried < range.size(); tried++) {
            FiveTuple flow = new FiveTuple(to.protocol(), new Endpoint(address, next), to.endpoint());
            next = next == range.last() ? range.first() : next + 1;
            if (!network.isLive(flow)) {
                return Optional.of(flow);
            }
        }
        return Optional.empty();
    }
}
