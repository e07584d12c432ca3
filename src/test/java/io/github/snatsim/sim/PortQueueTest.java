package io.github.snatsim.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Side;
import io.github.snatsim.workload.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortQueueTest {
    private static final long SECOND = 1_000_000_000L;
    private static final IpAddress UNIT = Scenario.FIRST_INSTANCE;
    private static final IpAddress OTHER_UNIT = IpAddress.parse("10.0.0.5");
    private static final Destination OTHER = Destination.parse("tcp 203.0.113.20:444");

    private final UnitPorts ports = UnitPorts.of(ApiManagementSetup.of(ApiManagement.of(2, 2)));
    private final Simulation simulation = new Simulation(ports.gateway(), 0);
    private final PortQueue queue = new PortQueue(simulation.network(), ports);
    private final List<String> served = new ArrayList<>();

    PortQueueTest() {
        ports.add(UNIT);
        ports.add(OTHER_UNIT);
    }

    private Answer send(FlowEvent.Kind kind, IpAddress unit, Destination to, int port) {
        FiveTuple flow = new FiveTuple(to.protocol(), new Endpoint(unit, port), to.endpoint());
        return queue.network().send(kind, Side.INITIATOR, flow);
    }

    private PortQueue.Waiter waiter(String name, IpAddress unit, Destination to, int port) {
        long place = queue.nextPlace();
        return new PortQueue.Waiter() {
            @Override
            public long place() {
                return place;
            }

            @Override
            public IpAddress unit() {
                return unit;
            }

            @Override
            public void tryNow() {
                served.add(name + " " + simulation.nowNanos() / SECOND);
                assertThat(send(FlowEvent.Kind.SYN, unit, to, port)).isEqualTo(Answer.OPENED);
            }
        };
    }

    private void fill(IpAddress unit, Destination to) {
        send(FlowEvent.Kind.SYN, unit, to, 50_000);
        simulation.advanceTo(simulation.nowNanos() + SECOND);
        send(FlowEvent.Kind.SYN, unit, to, 50_001);
    }

    @Test
    void g2_thoseWhoWaitAreServedInTheOrderOfTheirPlacesAtEachRelease() {
        fill(UNIT, Calls.BACKEND); // at 0 and 1 s: idle at 240 and 241 s
        PortQueue.Waiter first = waiter("first", UNIT, Calls.BACKEND, 1);
        PortQueue.Waiter second = waiter("second", UNIT, Calls.BACKEND, 2);
        PortQueue.Waiter third = waiter("third", UNIT, Calls.BACKEND, 3);
        queue.add(UNIT, Calls.BACKEND, third); // in whatever order they were refused
        queue.add(UNIT, Calls.BACKEND, first);
        queue.add(UNIT, Calls.BACKEND, second);

        simulation.advanceTo(240 * SECOND - 1);
        assertThat(served).isEmpty();
        simulation.advanceTo(1_000 * SECOND);
        assertThat(served).containsExactly("first 240", "second 241", "third 480");
        assertThat(queue.contains(third)).isFalse();
    }

    @Test
    void g2_otherUnitsAndDestinationsHaveQueuesOfTheirOwn() {
        fill(UNIT, Calls.BACKEND); // 240, 241 s
        fill(OTHER_UNIT, Calls.BACKEND); // from 1 s: 241, 242 s
        fill(UNIT, OTHER); // from 2 s: 242, 243 s
        queue.add(UNIT, OTHER, waiter("other backend", UNIT, OTHER, 1));
        queue.add(OTHER_UNIT, Calls.BACKEND, waiter("other unit", OTHER_UNIT, Calls.BACKEND, 1));
        queue.add(UNIT, Calls.BACKEND, waiter("unit", UNIT, Calls.BACKEND, 1));

        simulation.advanceTo(1_000 * SECOND);
        assertThat(served).containsExactly("unit 240", "other unit 241", "other backend 242");
    }

    @Test
    void g2_whoIsTakenOutIsNotServed() {
        fill(UNIT, Calls.BACKEND);
        PortQueue.Waiter gone = waiter("gone", UNIT, Calls.BACKEND, 1);
        PortQueue.Waiter next = waiter("next", UNIT, Calls.BACKEND, 2);
        queue.add(UNIT, Calls.BACKEND, gone);
        queue.add(UNIT, Calls.BACKEND, next);

        assertThat(queue.contains(gone)).isTrue();
        assertThat(queue.remove(UNIT, Calls.BACKEND, gone)).isTrue();
        assertThat(queue.remove(UNIT, Calls.BACKEND, gone)).isFalse();
        simulation.advanceTo(1_000 * SECOND);
        assertThat(served).containsExactly("next 240");
    }

    @Test
    void g2_aPacketThatBringsTheReleaseForwardWakesTheQueueThen() {
        fill(UNIT, Calls.BACKEND);
        queue.add(UNIT, Calls.BACKEND, waiter("waiter", UNIT, Calls.BACKEND, 1));
        simulation.advanceTo(100 * SECOND);
        send(FlowEvent.Kind.RST, UNIT, Calls.BACKEND, 50_001);

        simulation.advanceTo(1_000 * SECOND);
        assertThat(served).containsExactly("waiter 115");
    }

    @Test
    void g2_whatBecomesFreeForSomeGoesToTheFirstOfThem() {
        PortQueue.Waiter notForIt = waiter("not for it", UNIT, Calls.BACKEND, 1);
        PortQueue.Waiter forIt = waiter("for it", UNIT, Calls.BACKEND, 2);
        queue.add(UNIT, Calls.BACKEND, notForIt);
        queue.add(UNIT, Calls.BACKEND, forIt);

        queue.tryFirst(UNIT, Calls.BACKEND, waiter -> waiter == forIt);
        assertThat(served).containsExactly("for it 0");
        assertThat(queue.contains(notForIt)).isTrue();
        queue.tryFirst(UNIT, OTHER, waiter -> true); // nobody waits there
        assertThat(served).hasSize(1);
    }
}
