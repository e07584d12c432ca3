package io.github.snatsim.bench;

import io.github.snatsim.flow.FlowTable;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.SnatPort;
import io.github.snatsim.gateway.SnatGateway;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;

/** This library: a classic gateway, one event at a time through the primitive entry of its table. */
class SnatSim implements Contestant {
    private static final int FIRST_PORT = 1_024;
    private static final int INSTANCES_FROM = 10 << 24 | 1;
    private static final int DESTINATIONS_FROM = 20 << 24 | 1;
    private static final Kind[] KINDS = Kind.values();
    private static final Side[] SIDES = Side.values();
    /** By outcome: a look-up, as the peers give verdicts without a switch. */
    private static final byte[] VERDICTS = verdicts();

    private final SnatGateway gateway = new SnatGateway(SnatProfile.classic());
    private final FlowTable table = gateway.table();

    SnatSim(Workload workload) {
        PortSet owned = PortSet.of(new PortRange(FIRST_PORT, FIRST_PORT + workload.ports() - 1));
        for (int instance = 0; instance < workload.instances(); instance++) {
            gateway.own(IpAddress.ofIpv4(INSTANCES_FROM + instance), owned);
        }
    }

    @Override
    public long key(int instance, int sourcePort, int destination) {
        return gateway.keys()
                .key(new FiveTuple(
                        Protocol.TCP,
                        new Endpoint(IpAddress.ofIpv4(INSTANCES_FROM + instance), sourcePort),
                        new Endpoint(IpAddress.ofIpv4(DESTINATIONS_FROM + destination), 443)));
    }

    @Override
    public int offer(long timeNanos, int kind, int side, long key) {
        return verdict(table.offer(timeNanos, KINDS[kind], SIDES[side], key));
    }

    FlowTable table() {
        return table;
    }

    private static byte[] verdicts() {
        byte[] verdicts = new byte[Outcome.values().length];
        for (Outcome outcome : Outcome.values()) {
            verdicts[number(outcome)] = switch (outcome) {
                case OPENED -> OPENED;
                case TRANSLATED -> TRANSLATED;
                case DROPPED -> DROPPED;
                default -> REFUSED;
            };
        }
        return verdicts;
    }

    @SuppressWarnings("EnumOrdinal") // an index of an array that is made in the same run
    private static int number(Outcome outcome) {
        return outcome.ordinal();
    }

    static byte verdict(Outcome outcome) {
        return VERDICTS[number(outcome)];
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public int port(long key) {
        return SnatPort.port(table.port(key)) - FIRST_PORT;
    }
}
