package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.github.snatsim.azure.CallDecision;
import io.github.snatsim.azure.GatewayLogRecord;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.metrics.CountTimeline;
import io.github.snatsim.net.IpAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what becomes of calls to a service. */
final class HttpLog {
    private static final int FAILURES_KEPT = 100_000;

    private static final class UnitCounts {
        private long calls;
        private long fromCache;
        private long forwarded;
        private long failures;
    }

    private final Map<HttpOutcome, Long> outcomes = new EnumMap<>(HttpOutcome.class);
    private final CountTimeline overTime = new CountTimeline(HttpOutcome.values().length, 0);
    private final List<UnitCounts> units = new ArrayList<>();
    private final List<GatewayLogRecord> failures = new ArrayList<>();
    private long failuresLogged;

    void ended(long timeNanos, HttpOutcome outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
        overTime.add(timeNanos, outcome.ordinal());
    }

    void fromCache(CallDecision.FromCache call) {
        UnitCounts unit = unit(call.unit());
        unit.calls++;
        unit.fromCache++;
    }

    void forwarded(CallDecision.Forwarded call) {
        UnitCounts unit = unit(call.unit());
        unit.calls++;
        unit.forwarded++;
    }

    void failed(GatewayLogRecord failure) {
        unit(failure.unit()).failures++;
        failuresLogged++;
        if (failures.size() < FAILURES_KEPT) {
            failures.add(failure);
        }
    }

    private UnitCounts unit(int number) {
        while (units.size() <= number) {
            units.add(new UnitCounts());
        }
        return units.get(number);
    }

    /** Forgets what was counted: the end of a warm-up. */
    void restart(long timeNanos) {
        outcomes.clear();
        overTime.restart(timeNanos);
        units.clear();
        failures.clear();
        failuresLogged = 0;
    }

    HttpResult result(
            long timeNanos,
            List<IpAddress> addresses,
            int unitsNow,
            List<HttpResult.UnitChange> changes,
            long exhaustedWithoutScaleOutNanos,
            ImmutableList<String> findings) {
        ImmutableList.Builder<HttpResult.Unit> ofUnits = ImmutableList.builder();
        for (int i = 0; i < addresses.size(); i++) {
            UnitCounts unit = unit(i);
            ofUnits.add(
                    new HttpResult.Unit(addresses.get(i), unit.calls, unit.fromCache, unit.forwarded, unit.failures));
        }
        return new HttpResult(
                Maps.immutableEnumMap(outcomes),
                overTime.result(timeNanos),
                ofUnits.build(),
                unitsNow,
                ImmutableList.copyOf(changes),
                exhaustedWithoutScaleOutNanos,
                failuresLogged,
                ImmutableList.copyOf(failures),
                findings);
    }
}
