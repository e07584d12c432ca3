package io.github.snatsim.gateway;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.port.ReclaimedPart;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.port.TierTable.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random pools that grow and shrink under traffic: who loses flows, and that nobody ever shares a port. */
class ResizeRandomTest {
    private static final TierTable TIERS =
            TierTable.of(List.of(new Tier(1, 2, 32), new Tier(3, 4, 16), new Tier(5, 9, 8)));
    private static final Protocol[] PROTOCOLS = Protocol.values();
    private static final ReclaimedPart[] PARTS = ReclaimedPart.values();

    private final Map<FiveTuple, FlowEnd> ends = new LinkedHashMap<>();
    private final Set<FiveTuple> attempted = new HashSet<>();
    private SnatGateway gateway;
    private long nowNanos;

    private static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void p5_p6_p7_invariants1And5_aResizeEndsJustTheFlowsWhosePortsWent(long seed) {
        Random random = new Random(seed);
        AllocationRules rules = AllocationRules.of(TIERS).withReclaimedPart(PARTS[random.nextInt(3)], seed);
        gateway = new SnatGateway(SnatProfile.classic().withAllocation(rules).withUntranslated(ImmutableList.of()));
        gateway.listen(new GatewayListener() {
            @Override
            public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
                ends.put(gateway.keys().tuple(flow), end);
            }
        });
        List<IpAddress> members = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            for (int i = 0; i < 40 && !members.isEmpty(); i++) {
                open(random, members.get(random.nextInt(members.size())));
            }
            resizeAndCompare(changed(random, members));
            checkPortsAreDistinct();
        }
    }

    private void open(Random random, IpAddress instance) {
        FiveTuple flow = new FiveTuple(
                PROTOCOLS[random.nextInt(2)],
                new Endpoint(instance, 1_024 + random.nextInt(40_000)),
                new Endpoint(IpAddress.parse("203.0.113." + random.nextInt(3)), 443));
        if (attempted.add(flow)) {
            gateway.offer(new FlowEvent(++nowNanos, Kind.SYN, Side.INITIATOR, flow));
        }
    }

    /** Adds or removes one to three members. */
    private static List<IpAddress> changed(Random random, List<IpAddress> members) {
        int count = 1 + random.nextInt(3);
        boolean grow = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            if (grow && members.size() < 9) {
                IpAddress free = LongStream.iterate(0x0a000004, address -> address + 1)
                        .mapToObj(address -> IpAddress.ofIpv4((int) address))
                        .filter(address -> !members.contains(address))
                        .findFirst()
                        .orElseThrow();
                members.add(free);
            } else if (!grow && !members.isEmpty()) {
                members.remove(random.nextInt(members.size()));
            }
        }
        return members;
    }

    private void resizeAndCompare(List<IpAddress> members) {
        List<Flow> before = gateway.table().flows();
        ends.clear();

        gateway.resize(members, members.size());

        Map<FiveTuple, FlowEnd> expected = new HashMap<>();
        for (Flow flow : before) {
            IpAddress instance = flow.tuple().source().address();
            if (!members.contains(instance)) {
                expected.put(flow.tuple(), FlowEnd.INSTANCE_REMOVED);
            } else if (!gateway.pool().portsOf(instance).contains(flow.port())) {
                expected.put(flow.tuple(), FlowEnd.RECLAIMED);
            }
        }
        assertThat(ends).isEqualTo(expected);
        List<Flow> kept = before.stream()
                .filter(flow -> !expected.containsKey(flow.tuple()))
                .toList();
        assertThat(gateway.table().flows()).isEqualTo(kept);
        for (IpAddress member : members) {
            assertThat(gateway.ports().portsOwned(member)).isEqualTo(TIERS.portsPerInstance(members.size()));
        }
    }

    private void checkPortsAreDistinct() {
        PortSet all = PortSet.empty();
        int sum = 0;
        for (PortSet ports : gateway.pool().allocation().values()) {
            all = all.union(ports);
            sum += ports.size();
        }
        assertThat(all.size()).as("no port has two owners").isEqualTo(sum);
        Map<List<Object>, List<Flow>> byPublicTuple = gateway.table().flows().stream()
                .collect(groupingBy(flow -> List.of(flow.port(), flow.tuple().to())));
        assertThat(byPublicTuple.values()).allMatch(flows -> flows.size() == 1);
    }
}
