package io.github.snatsim.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How a user writes a {@link Gateway} of one's own: here a firewall in front of another gateway. */
class OwnGatewayTest {
    /** Lets no flow through to one address; everything else goes on to the gateway behind. */
    private static final class Firewall implements Gateway {
        private final Gateway behind;
        private final IpAddress blocked;
        private GatewayListener listener = GatewayListener.NONE;

        private Firewall(Gateway behind, IpAddress blocked) {
            this.behind = behind;
            this.blocked = blocked;
        }

        @Override
        public Verdict offer(FlowEvent event) {
            if (event.flow().destination().address().equals(blocked)) {
                behind.advanceTo(event.timeNanos());
                listener.dropped(event.timeNanos());
                return new Verdict.Dropped();
            }
            return behind.offer(event);
        }

        @Override
        public void advanceTo(long timeNanos) {
            behind.advanceTo(timeNanos);
        }

        @Override
        public boolean isLive(FiveTuple flow) {
            return behind.isLive(flow);
        }

        @Override
        public OptionalLong lastDeadlineNanos() {
            return behind.lastDeadlineNanos();
        }

        @Override
        public OptionalLong nextDeadlineNanos() {
            return behind.nextDeadlineNanos();
        }

        @Override
        public void listen(GatewayListener listener) {
            this.listener = listener;
            behind.listen(listener);
        }

        @Override
        public FlowKeys keys() {
            return behind.keys();
        }
    }

    @Test
    void aGatewayOfOnesOwnIsDrivenLikeAnyOther() {
        SnatGateway snat = SnatGateway.withPool(SnatProfile.classic(), List.of(IpAddress.parse("10.0.0.4")));
        Gateway gateway = new Firewall(snat, IpAddress.parse("203.0.113.66"));
        List<Long> drops = new ArrayList<>();
        gateway.listen(new GatewayListener() {
            @Override
            public void dropped(long timeNanos) {
                drops.add(timeNanos);
            }
        });

        assertThat(gateway.offer(syn(1, "203.0.113.7:443")).outcome()).isEqualTo(Outcome.OPENED);
        assertThat(gateway.offer(syn(2, "203.0.113.66:443")).outcome()).isEqualTo(Outcome.DROPPED);
        assertThat(drops).containsExactly(2L);
        assertThat(gateway.nextDeadlineNanos()).hasValue(240_000_000_001L);
        gateway.advanceTo(240_000_000_001L);
        assertThat(gateway.nextDeadlineNanos()).isEmpty();
    }

    private static FlowEvent syn(long timeNanos, String destination) {
        FiveTuple flow = FiveTuple.parse("tcp 10.0.0.4:40000 -> " + destination);
        return new FlowEvent(timeNanos, Kind.SYN, Side.INITIATOR, flow);
    }
}
