package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.sim.ScheduledAction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** Makes what a scenario does at its times. */
final class ActionBinder {
    /** What can happen, each a key; client goes with arrivals. */
    private static final ImmutableList<String> KINDS = ImmutableList.of(
            "instances",
            "stop",
            "client",
            "scale-out",
            "scale-in",
            "add-instance",
            "remove-instance",
            "assign-instance-level-ip",
            "remove-instance-level-ip",
            "assign-endpoint",
            "remove-endpoint",
            "redeploy",
            "ask-public-ip",
            "ping",
            "modify-listener");

    private static final ImmutableList<String> KEYS = ImmutableList.<String>builder()
            .add("at")
            .addAll(KINDS)
            .add("arrivals")
            .build();

    private ActionBinder() {}

    static ScheduledAction action(Node node, ImmutableSet<String> clients) {
        Keys keys = Keys.of(node, KEYS);
        Duration at = keys.require("at", Units::duration);
        List<String> kinds = KINDS.stream().filter(keys::has).toList();
        if (kinds.size() != 1 || keys.has("arrivals") != keys.has("client")) {
            throw keys.error("expected exactly " + Words.oneOf(KINDS) + "; client goes with arrivals");
        }
        String kind = kinds.get(0);
        return switch (kind) {
            case "instances" -> new ScheduledAction.Resize(at, keys.require(kind, Units::count));
            case "stop" -> new ScheduledAction.StopClient(at, keys.require(kind, name -> client(name, clients)));
            case "client" ->
                new ScheduledAction.ChangeArrivals(
                        at,
                        keys.require(kind, name -> client(name, clients)),
                        keys.require("arrivals", ArrivalsBinder::arrivals));
            case "ask-public-ip" -> keys.require(kind, of -> askPublicIp(at, of));
            case "ping" -> keys.require(kind, of -> ping(at, of));
            case "modify-listener" -> keys.require(kind, of -> modifyListener(at, of));
            default -> new ScheduledAction.Change(at, keys.require(kind, of -> change(kind, of)));
        };
    }

    private static String client(Node node, ImmutableSet<String> names) {
        String name = Units.text(node);
        if (!names.contains(name)) {
            throw node.error("value " + ScenarioException.quoted(name) + " is no client: "
                    + Words.didYouMean(name, names) + Words.expected(names));
        }
        return name;
    }

    private static DeploymentChange change(String kind, Node node) {
        return switch (kind) {
            case "scale-out" -> scale(node, DeploymentChange.ScaleOut::new);
            case "scale-in" -> scale(node, DeploymentChange.ScaleIn::new);
            case "add-instance" -> two(node, "role", "name", DeploymentChange.AddInstance::new);
            case "remove-instance" -> new DeploymentChange.RemoveInstance(Units.text(node));
            case "assign-instance-level-ip" -> {
                Keys keys = Keys.of(node, List.of("instance", "public-ip"));
                yield new DeploymentChange.AssignInstanceLevelIp(
                        keys.require("instance", Units::text),
                        keys.require("public-ip", text -> Units.parsed(text, IpAddress::parse)));
            }
            case "remove-instance-level-ip" -> new DeploymentChange.RemoveInstanceLevelIp(Units.text(node));
            case "assign-endpoint" -> two(node, "to", "endpoint", DeploymentChange.AssignEndpoint::new);
            case "remove-endpoint" -> two(node, "from", "endpoint", DeploymentChange.RemoveEndpoint::new);
            default -> redeploy(node);
        };
    }

    private static DeploymentChange scale(Node node, BiFunction<String, Integer, DeploymentChange> make) {
        Keys keys = Keys.of(node, List.of("role", "count"));
        return make.apply(keys.require("role", Units::text), keys.require("count", Units::count));
    }

    private static DeploymentChange two(
            Node node, String first, String second, BiFunction<String, String, DeploymentChange> make) {
        Keys keys = Keys.of(node, List.of(first, second));
        return make.apply(keys.require(first, Units::text), keys.require(second, Units::text));
    }

    private static DeploymentChange redeploy(Node node) {
        Keys keys = Keys.of(node, List.of("factor", "takes"));
        BigDecimal factor = keys.require("factor", DeploymentBinder::factor);
        Duration takes = keys.require("takes", Units::aboveZero);
        return keys.build("factor", () -> new DeploymentChange.Redeploy(factor, takes));
    }

    private static ScheduledAction askPublicIp(Duration at, Node node) {
        if (!node.is(Kind.MAPPING)) {
            return new ScheduledAction.AskPublicIp(at, Units.text(node), ScheduledAction.AskPublicIp.OPEN_DNS);
        }
        Keys keys = Keys.of(node, List.of("instance", "resolver"));
        String instance = keys.require("instance", Units::text);
        Destination resolver =
                keys.find("resolver", to -> Units.parsed(to, Destination::parse), ScheduledAction.AskPublicIp.OPEN_DNS);
        return keys.build("resolver", () -> new ScheduledAction.AskPublicIp(at, instance, resolver));
    }

    private static ScheduledAction modifyListener(Duration at, Node node) {
        Keys keys = Keys.of(node, List.of("arn", "attributes"));
        return new ScheduledAction.ModifyListener(
                at, keys.require("arn", Units::text), keys.require("attributes", NlbBinder::attributes));
    }

    private static ScheduledAction ping(Duration at, Node node) {
        Keys keys = Keys.of(node, List.of("instance", "protocol", "to"));
        String instance = keys.require("instance", Units::text);
        IpProtocol protocol = keys.find("protocol", word -> Units.word(word, IpProtocol.class), IpProtocol.ICMP);
        IpAddress to = keys.require("to", text -> Units.parsed(text, IpAddress::parse));
        return keys.build("protocol", () -> new ScheduledAction.Ping(at, instance, protocol, to));
    }
}
