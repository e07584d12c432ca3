package io.github.snatsim.sim;

import io.github.snatsim.flow.Admission;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowListener;
import io.github.snatsim.flow.FlowTable;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.time.Nanos;

/** Counts flows that no instance opened: a table of their own with the same timers, where opening costs nothing. */
final class FlowsElsewhere {
    private final FlowTable table;
    private long opened;

    FlowsElsewhere(SnatProfile profile) {
        FlowKeys keys = new FlowKeys();
        Admission free = new Admission() {
            @Override
            public int take(long flow) {
                return 0;
            }

            @Override
            public void giveBack(long flow, int port) {}

            @Override
            public long idleNanos(long flow, boolean answered) {
                boolean udp = keys.protocol(flow) == Protocol.UDP;
                return Nanos.of(udp ? profile.idle().udp() : profile.idle().tcp());
            }
        };
        table = new FlowTable(keys, free, profile.flows(), new FlowListener() {
            @Override
            public void opened(long timeNanos, long flow, int port) {
                opened++;
            }
        });
    }

    void offer(FlowEvent event) {
        table.offer(event);
    }

    long opened() {
        return opened;
    }
}
