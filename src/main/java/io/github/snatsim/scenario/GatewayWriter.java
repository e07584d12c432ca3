package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.FlowRules;
import io.github.snatsim.flow.PortChoice;
import io.github.snatsim.flow.PortOrder;
import io.github.snatsim.flow.SnatPorts.IdleRules;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.ReclaimedPart;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.port.TierTable.Tier;
import io.github.snatsim.sim.FirewallSetup;
import io.github.snatsim.sim.SnatSetup;
import java.util.function.Supplier;

/** Writes a gateway: the inverse of {@link GatewayBinder}. */
final class GatewayWriter {
    private GatewayWriter() {}

    static Block setup(SnatSetup setup) {
        Block block = new Block();
        setup.portsPerInstance().ifPresent(ports -> block.put("ports-per-instance", Integer.toString(ports)));
        return putProfile(setup.profile(), setup.portsPerInstance().isEmpty(), block);
    }

    /** The allocation of a firewall's profile has no effect, and no key. */
    static Block setup(FirewallSetup setup) {
        Block block = Block.of("firewall", ApiManagementWriter.firewall(setup.firewall()));
        return putProfile(setup.profile(), false, block);
    }

    /** Puts what a profile says that the reader would not add; its pool also where it must be said. */
    static Block putProfile(SnatProfile profile, boolean withPool, Block block) {
        SnatProfile classic = SnatProfile.classic();
        if (withPool || !profile.allocation().equals(classic.allocation())) {
            block.put("pool", pool(profile.allocation()));
        }
        return putTimers(profile, block)
                .putUnless(PortOrder.SHARE_LOWEST, "port-order", named(profile.portChoice()), GatewayWriter::portOrder)
                .putUnless(classic.udpSharing(), "udp-sharing", profile.udpSharing(), Words::of)
                .putUnless(
                        classic.untranslated(),
                        "untranslated",
                        profile.untranslated(),
                        blocks -> blocks.isEmpty() ? "none" : ScenarioWriter.list(blocks, IpPrefix::toString));
    }

    /** Puts how long flows and their ports last. */
    static Block putTimers(SnatProfile profile, Block block) {
        SnatProfile classic = SnatProfile.classic();
        FlowRules usual = classic.flows();
        FlowRules flows = profile.flows();
        return block.putUnless(classic.idle(), "idle", profile.idle(), GatewayWriter::idle)
                .putUnless(usual.finHold(), "fin-hold", flows.finHold(), Units::write)
                .putUnless(usual.rstHold(), "rst-hold", flows.rstHold(), Units::write)
                .putUnless(usual.finTrigger(), "fin-trigger", flows.finTrigger(), Words::of)
                .putUnless(usual.holdSyn(), "syn-in-hold", flows.holdSyn(), Words::of);
    }

    private static PortOrder named(Supplier<PortChoice> choice) {
        if (choice instanceof PortOrder order) {
            return order;
        }
        throw new IllegalArgumentException(
                "a scenario file cannot say a port choice of one's own, " + choice + ": expected a PortOrder");
    }

    private static Object pool(AllocationRules rules) {
        AllocationRules classic = AllocationRules.classic();
        if (rules.equals(AllocationRules.of(rules.tiers())) && tiers(rules.tiers()) instanceof String named) {
            return named;
        }
        AllocationRules reclaims = classic.withReclaimedPart(rules.reclaimedPart(), rules.seed());
        return new Block()
                .put("tiers", tiers(rules.tiers()))
                .putUnless(classic.range(), "range", rules.range(), range -> range.toString())
                .putUnless(classic, "reclaims", reclaims, part -> reclaims(part.reclaimedPart(), part.seed()));
    }

    private static Object tiers(TierTable table) {
        if (table.equals(TierTable.classic())) {
            return "classic";
        } else if (table.equals(TierTable.resourceManager())) {
            return "resource-manager";
        }
        ImmutableList<Tier> rows = table.tiers();
        int ports = rows.get(0).portsPerInstance();
        if (ports <= AllocationRules.EPHEMERAL.last() && table.equals(TierTable.fixed(ports))) {
            return Block.of("fixed", Integer.toString(ports));
        }
        return ScenarioWriter.list(
                rows,
                row -> new Block()
                        .put("pool-size", row.poolSizeMin() + "-" + row.poolSizeMax())
                        .put("ports", Integer.toString(row.portsPerInstance())));
    }

    private static Object idle(IdleRules idle) {
        return idle.equals(IdleRules.of(idle.tcp()))
                ? Units.write(idle.tcp())
                : new Block()
                        .put("tcp", Units.write(idle.tcp()))
                        .put("tcp-half-open", Units.write(idle.tcpHalfOpen()))
                        .put("udp", Units.write(idle.udp()));
    }

    private static Object portOrder(PortOrder order) {
        return seeded(order.name(), order.seed());
    }

    private static Object reclaims(ReclaimedPart part, long seed) {
        return seeded(part, seed);
    }

    private static Object seeded(Enum<?> word, long seed) {
        return seed == 0 ? Words.of(word) : Block.of(Words.of(word), Long.toString(seed));
    }
}
