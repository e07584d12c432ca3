package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.FinTrigger;
import io.github.snatsim.flow.FlowRules;
import io.github.snatsim.flow.HoldSyn;
import io.github.snatsim.flow.PortOrder;
import io.github.snatsim.flow.SnatPorts.IdleRules;
import io.github.snatsim.flow.UdpSharing;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.ReclaimedPart;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.port.TierTable.Tier;
import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.sim.FirewallSetup;
import io.github.snatsim.sim.Setup;
import io.github.snatsim.sim.SnatSetup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the gateway of a scenario; what is left out is as in the classic profile. */
final class GatewayBinder {
    /** The keys of a profile that say how long flows and their ports last. */
    static final ImmutableList<String> TIMER_KEYS =
            ImmutableList.of("idle", "fin-hold", "rst-hold", "fin-trigger", "syn-in-hold");

    /** The keys of a profile, whatever it is for. */
    static final ImmutableList<String> PROFILE_KEYS = ImmutableList.<String>builder()
            .add("pool")
            .addAll(TIMER_KEYS)
            .add("port-order", "udp-sharing", "untranslated")
            .build();

    private static final ImmutableList<String> KEYS = ImmutableList.<String>builder()
            .add("ports-per-instance", "firewall")
            .addAll(PROFILE_KEYS)
            .build();

    private static final Pattern POOL_SIZES = Pattern.compile("([0-9]{1,10})-([0-9]{1,10})");

    private GatewayBinder() {}

    static Setup setup(Node node) {
        Keys keys = Keys.of(node, KEYS);
        if (!keys.has("ports-per-instance") && !keys.has("pool") && !keys.has("firewall")) {
            throw keys.error(
                    "expected ports-per-instance (a frontend for each instance), pool (one for all) or firewall"
                            + " (all share its ports)");
        }
        SnatProfile profile = profile(keys);
        if (keys.has("firewall")) {
            if (keys.has("ports-per-instance") || keys.has("pool")) {
                throw keys.error("expected firewall alone, without ports-per-instance or pool: all share its ports");
            }
            return new FirewallSetup(keys.require("firewall", ApiManagementBinder::firewall), profile);
        }
        OptionalInt ports = keys.find("ports-per-instance", Units::count)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
        return keys.buildFrom(
                List.of("pool", "ports-per-instance"), "ports-per-instance", () -> new SnatSetup(profile, ports));
    }

    /** Reads {@link #PROFILE_KEYS}. */
    static SnatProfile profile(Keys keys) {
        SnatProfile timers = timers(keys);
        return new SnatProfile(
                keys.find("pool", GatewayBinder::pool, timers.allocation()),
                timers.flows(),
                timers.idle(),
                keys.find(
                        "port-order",
                        order -> seeded(order, PortOrder.Name.class, PortOrder::new),
                        PortOrder.SHARE_LOWEST),
                keys.find("udp-sharing", word -> Units.word(word, UdpSharing.class), timers.udpSharing()),
                keys.find("untranslated", GatewayBinder::untranslated, timers.untranslated()));
    }

    /** Reads {@link #TIMER_KEYS}. */
    static SnatProfile timers(Keys keys) {
        SnatProfile classic = SnatProfile.classic();
        FlowRules holds = classic.flows();
        FlowRules flows = new FlowRules(
                keys.find("fin-hold", Units::duration, holds.finHold()),
                keys.find("rst-hold", Units::duration, holds.rstHold()),
                keys.find("fin-trigger", word -> Units.word(word, FinTrigger.class), holds.finTrigger()),
                keys.find("syn-in-hold", word -> Units.word(word, HoldSyn.class), holds.holdSyn()));
        return classic.withFlows(flows).withIdle(keys.find("idle", GatewayBinder::idle, classic.idle()));
    }

    private static AllocationRules pool(Node node) {
        if (!node.is(Kind.MAPPING)) {
            return AllocationRules.of(namedTable(node));
        }
        Keys keys = Keys.of(node, List.of("tiers", "range", "reclaims"));
        TierTable tiers = keys.find("tiers", GatewayBinder::tiers, TierTable.classic());
        PortRange range = keys.find("range", text -> Units.parsed(text, PortRange::parse), AllocationRules.EPHEMERAL);
        AllocationRules upper = AllocationRules.classic();
        AllocationRules reclaims =
                keys.find("reclaims", part -> seeded(part, ReclaimedPart.class, upper::withReclaimedPart), upper);
        return keys.build("range", () -> new AllocationRules(tiers, range, reclaims.reclaimedPart(), reclaims.seed()));
    }

    private static TierTable namedTable(Node node) {
        Choice choice = Choice.of(node, List.of("classic", "resource-manager"), List.of());
        return choice.kind().equals("classic") ? TierTable.classic() : TierTable.resourceManager();
    }

    private static TierTable tiers(Node node) {
        if (node.is(Kind.MAPPING)) {
            Keys keys = Keys.of(node, List.of("fixed"));
            return keys.build("fixed", () -> TierTable.fixed(keys.require("fixed", Units::count)));
        }
        if (node.is(Kind.LIST)) {
            ImmutableList<Tier> rows = ScenarioBinder.list(node, "tiers", GatewayBinder::tier);
            return Keys.build(node, () -> TierTable.of(rows));
        }
        return namedTable(node);
    }

    private static Tier tier(Node node) {
        Keys keys = Keys.of(node, List.of("pool-size", "ports"));
        int ports = keys.require("ports", Units::count);
        return keys.require("pool-size", size -> {
            Matcher sizes = POOL_SIZES.matcher(Units.parsed(size, text -> text));
            if (!sizes.matches()) {
                throw size.wrong("pool sizes such as 1-50");
            }
            return Keys.build(
                    size,
                    () -> new Tier(
                            Math.toIntExact(Long.parseLong(sizes.group(1))),
                            Math.toIntExact(Long.parseLong(sizes.group(2))),
                            ports));
        });
    }

    private static IdleRules idle(Node node) {
        if (!node.is(Kind.MAPPING)) {
            return IdleRules.of(Units.aboveZero(node));
        }
        Keys keys = Keys.of(node, List.of("tcp", "tcp-half-open", "udp"));
        IdleRules classic = SnatProfile.classic().idle();
        Duration tcp = keys.find("tcp", Units::aboveZero, classic.tcp());
        return new IdleRules(
                tcp,
                keys.find("tcp-half-open", Units::aboveZero, tcp),
                keys.find("udp", Units::aboveZero, classic.udp()));
    }

    private static ImmutableList<IpPrefix> untranslated(Node node) {
        if (node.is(Kind.LIST)) {
            return ScenarioBinder.list(node, "blocks", item -> Units.parsed(item, IpPrefix::parse));
        }
        Choice choice = Choice.of(node, List.of("private", "none"), List.of());
        return choice.kind().equals("private") ? IpPrefix.NOT_PUBLIC : ImmutableList.of();
    }

    /** A word, or a mapping of a word to the seed that it draws from. */
    private static <E extends Enum<E>, T> T seeded(Node node, Class<E> type, BiFunction<E, Long, T> make) {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
        Choice choice = Choice.of(node, words, words);
        long seed = choice.value() == null ? 0 : Units.seed(choice.value());
        return make.apply(type.getEnumConstants()[words.indexOf(choice.kind())], seed);
    }
}
