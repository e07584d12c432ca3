package io.github.snatsim.sim;

import io.github.snatsim.azure.HttpOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A service by rules G1 and G2 as plain as can be: for each unit and backend a list of the times until which its ports are
 * taken and a list of the calls that wait, both gone through at every instant at which anything happens. Fixed latency, FINs,
 * one connection for each call.
 */
final class NaiveService {
    /** A call; {@code outcome} and {@code endNanos} are filled in, empty while it is in progress. */
    static final class Call {
        final long beganNanos;
        final int client;
        final long latencyNanos;
        final long timeoutNanos;
        HttpOutcome outcome;
        long endNanos;
        boolean logged;
        int unit;
        int backend;

        Call(long beganNanos, int client, long latencyNanos, long timeoutNanos) {
            this.beganNanos = beganNanos;
            this.client = client;
            this.latencyNanos = latencyNanos;
            this.timeoutNanos = timeoutNanos;
        }

        private long giveUpNanos() {
            return beganNanos + timeoutNanos;
        }

        void end(HttpOutcome how, long timeNanos, boolean withRecord) {
            if (outcome != null) {
                throw new IllegalStateException("ended twice");
            }
            outcome = how;
            endNanos = timeNanos;
            logged = withRecord;
        }
    }

    private record Key(int owner, int backend) {}

    private static final class Ports {
        final List<Long> takenUntil = new ArrayList<>();
        final List<Call> waiting = new ArrayList<>();
    }

    private final int units;
    private final int backends;
    private final int ports;
    private final boolean shared;
    private final long waitNanos;
    private final long holdNanos;
    private final Map<Key, Ports> all = new LinkedHashMap<>();

    NaiveService(int units, int backends, int ports, boolean shared, long waitNanos, long holdNanos) {
        this.units = units;
        this.backends = backends;
        this.ports = ports;
        this.shared = shared;
        this.waitNanos = waitNanos;
        this.holdNanos = holdNanos;
    }

    /** Calls in the order in which they come; times may be equal. */
    void run(List<Call> calls) {
        int[] turns = new int[units];
        int next = 0;
        while (true) {
            long now = next < calls.size() ? calls.get(next).beganNanos : Long.MAX_VALUE;
            for (Ports each : all.values()) {
                now = Math.min(now, nextOf(each));
            }
            if (now == Long.MAX_VALUE) {
                return;
            }
            for (Ports each : all.values()) {
                pass(each, now);
            }
            for (; next < calls.size() && calls.get(next).beganNanos == now; next++) {
                Call call = calls.get(next);
                call.unit = next % units;
                call.backend = turns[call.unit]++ % backends;
                come(call, all.computeIfAbsent(new Key(shared ? 0 : call.unit, call.backend), key -> new Ports()), now);
            }
        }
    }

    private long nextOf(Ports each) {
        long time = Long.MAX_VALUE;
        for (Call call : each.waiting) {
            time = Math.min(time, Math.min(call.giveUpNanos(), call.beganNanos + waitNanos));
        }
        return each.waiting.isEmpty()
                ? time
                : Math.min(
                        time,
                        each.takenUntil.stream().min(Comparator.naturalOrder()).orElseThrow());
    }

    private void pass(Ports each, long now) {
        each.takenUntil.removeIf(until -> until <= now);
        for (Call call : List.copyOf(each.waiting)) {
            if (call.giveUpNanos() <= now) {
                each.waiting.remove(call);
                call.end(HttpOutcome.CLIENT_TIMEOUT, now, true);
            }
        }
        while (!each.waiting.isEmpty() && each.takenUntil.size() < ports) {
            connect(each.waiting.remove(0), each, now);
        }
        for (Call call : List.copyOf(each.waiting)) {
            if (call.beganNanos + waitNanos <= now) {
                each.waiting.remove(call);
                call.end(HttpOutcome.BACKEND_CONNECTION_FAILURE, now, true);
            }
        }
    }

    private void come(Call call, Ports each, long now) {
        each.takenUntil.removeIf(until -> until <= now);
        if (each.takenUntil.size() < ports) {
            connect(call, each, now);
        } else if (waitNanos == 0) {
            call.end(HttpOutcome.BACKEND_CONNECTION_FAILURE, now, true);
        } else {
            each.waiting.add(call);
        }
    }

    private void connect(Call call, Ports each, long now) {
        each.takenUntil.add(now + call.latencyNanos + holdNanos);
        if (call.giveUpNanos() <= now + call.latencyNanos) {
            call.end(HttpOutcome.CLIENT_TIMEOUT, call.giveUpNanos(), false);
        } else {
            call.end(HttpOutcome.OK, now + call.latencyNanos, false);
        }
    }
}
