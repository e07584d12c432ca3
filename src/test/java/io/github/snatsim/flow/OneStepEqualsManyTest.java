package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.time.Nanos;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule R7: moving the clock in one step or in many gives the same events, times, order and state. */
class OneStepEqualsManyTest {
    private static final int EVENTS = 400;
    private static final Kind[] KINDS = Kind.values();
    private static final Side[] SIDES = Side.values();

    private static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void r7_stepsBetweenEventsChangeNothing(long seed) {
        Random random = new Random(seed);
        Bench one = Bench.classic().withPorts(8);
        Bench many = Bench.classic().withPorts(8);
        long previous = 0;
        for (FlowEvent event : events(random)) {
            for (long time = previous; time < event.timeNanos(); time += 1 + random.nextLong(Nanos.ofSeconds(60))) {
                many.table.advanceTo(time);
            }
            assertThat(many.table.offer(event)).isEqualTo(one.table.offer(event));
            previous = event.timeNanos();
        }

        assertThat(many.log.heard()).isEqualTo(one.log.heard());
        assertThat(many.table.flows()).isEqualTo(one.table.flows());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void r7_oneStepToTheEndDoesWhatStoppingAtEveryDeadlineDoes(long seed) {
        List<FlowEvent> events = events(new Random(seed));
        Bench one = Bench.classic().withPorts(8);
        Bench many = Bench.classic().withPorts(8);
        for (FlowEvent event : events) {
            one.table.offer(event);
            many.table.offer(event);
        }

        one.table.advanceTo(Long.MAX_VALUE - 1);
        OptionalLong next = many.table.nextDeadlineNanos();
        while (next.isPresent()) {
            int ends = many.log.ends().size();
            many.table.advanceTo(next.getAsLong() - 1);
            assertThat(many.log.ends()).as("nothing ends before its time").hasSize(ends);
            many.table.advanceTo(next.getAsLong());
            assertThat(many.log.ends()).as("something ends at its time").hasSizeGreaterThan(ends);
            next = many.table.nextDeadlineNanos();
        }

        assertThat(many.log.heard()).isEqualTo(one.log.heard());
        assertThat(one.table.flows()).isEmpty();
    }

    /** Some minutes of traffic in whole seconds, so that many deadlines fall together. */
    private static List<FlowEvent> events(Random random) {
        List<FlowEvent> events = new ArrayList<>();
        long seconds = 0;
        for (int i = 0; i < EVENTS; i++) {
            seconds += random.nextInt(8) == 0 ? random.nextInt(200) : random.nextInt(3);
            FiveTuple flow = Bench.flow(
                    random.nextInt(4) == 0 ? Protocol.UDP : Protocol.TCP,
                    Bench.VM,
                    40_000 + random.nextInt(12),
                    new Endpoint(IpAddress.parse("203.0.113." + random.nextInt(3)), 443));
            Kind kind = random.nextBoolean() ? Kind.SYN : KINDS[random.nextInt(KINDS.length)];
            events.add(new FlowEvent(Nanos.ofSeconds(seconds), kind, SIDES[random.nextInt(2)], flow));
        }
        return events;
    }
}
