package io.github.snatsim.sim;

import io.github.snatsim.flow.Admission;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowListener;
import io.github.snatsim.flow.FlowTable;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.FlowEvent;

/** Counts flows that no instance opened: a table of their own with the same timers, where opening costs nothing. */
final class FlowsElsewhere {
    private final FlowTable table;
    private long opened;

    FlowsElsewhere(SnatProfile profile) {
        Admission unlimited = Admission.unlimited(profile.idle());
        table = new FlowTable(new FlowKeys(), unlimited, profile.flows(), new FlowListener() {
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
