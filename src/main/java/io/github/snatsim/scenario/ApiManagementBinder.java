package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.Autoscale;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.BackendHosting;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.sim.ApiManagementSetup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes the API Management service of a scenario. */
final class ApiManagementBinder {
    private static final ImmutableList<String> KEYS = ImmutableList.<String>builder()
            .add("units", "ports-per-unit", "connect-wait", "in-vnet", "hosting", "mitigations", "on", "autoscale")
            .addAll(GatewayBinder.TIMER_KEYS)
            .build();

    private static final ImmutableList<String> KINDS = Arrays.stream(ApiMitigation.Kind.values())
            .map(ApiMitigation.Kind::toString)
            .collect(ImmutableList.toImmutableList());

    private ApiManagementBinder() {}

    static ApiManagementSetup setup(Node node) {
        Keys keys = Keys.of(node, KEYS);
        if (!keys.has("ports-per-unit")) {
            throw keys.error(
                    "the key 'ports-per-unit' is missing: the number is unpublished, so there is no default (G1)");
        }
        int units = keys.require("units", Units::count);
        int ports = keys.require("ports-per-unit", Units::count);
        Duration wait = keys.find("connect-wait", Units::duration, ApiManagement.CONNECT_WAIT);
        boolean inVnet = keys.find("in-vnet", ApiManagementBinder::yesOrNo, false);
        BackendHosting hosting =
                keys.find("hosting", word -> Units.word(word, BackendHosting.class), BackendHosting.ELSEWHERE);
        ImmutableList<ApiMitigation> mitigations =
                keys.find("mitigations", ApiManagementBinder::mitigations, ImmutableList.of());
        ImmutableSet<ApiMitigation.Kind> on = keys.find(
                "on",
                list -> ImmutableSet.copyOf(
                        ScenarioBinder.list(list, "mitigations", word -> Units.word(word, ApiMitigation.Kind.class))),
                ImmutableSet.of());
        Optional<Autoscale> autoscale = keys.find("autoscale", ApiManagementBinder::autoscale);
        keys.check("units", () -> ApiManagement.of(units, 1));
        keys.check("ports-per-unit", () -> ApiManagement.of(1, ports));
        ApiManagement service = keys.build(
                "on", () -> new ApiManagement(units, ports, wait, inVnet, hosting, mitigations, on, autoscale));
        SnatProfile profile = GatewayBinder.timers(keys);
        return new ApiManagementSetup(service, profile.flows(), profile.idle());
    }

    private static boolean yesOrNo(Node node) {
        String text = node.is(Kind.SCALAR) && node.isPlain() ? node.text() : "";
        if (!text.equals("true") && !text.equals("false")) {
            throw node.wrong("true or false");
        }
        return text.equals("true");
    }

    private static ImmutableList<ApiMitigation> mitigations(Node node) {
        Keys keys = Keys.of(node, KINDS);
        ImmutableList.Builder<ApiMitigation> mitigations = ImmutableList.builder();
        for (Node child : node.children()) {
            ApiMitigation.Kind kind = ApiMitigation.Kind.values()[KINDS.indexOf(child.step())];
            keys.find(child.step(), of -> mitigation(kind, of)).ifPresent(mitigations::add);
        }
        return mitigations.build();
    }

    private static ApiMitigation mitigation(ApiMitigation.Kind kind, Node node) {
        return switch (kind) {
            case FASTER_BACKEND -> {
                Keys keys = Keys.of(node, List.of("latency-factor"));
                double factor = keys.require("latency-factor", Units::share);
                yield keys.build("latency-factor", () -> new ApiMitigation.FasterBackend(factor));
            }
            case MORE_UNITS -> {
                int units = Units.count(node);
                yield Keys.build(node, () -> new ApiMitigation.MoreUnits(units));
            }
            case MORE_BACKENDS -> moreBackends(Keys.of(node, List.of("count", "differ")));
            case SERVICE_ENDPOINT -> nothing(node, new ApiMitigation.ServiceEndpoint());
            case PRIVATE_ENDPOINT -> nothing(node, new ApiMitigation.PrivateEndpoint());
            case FIREWALL -> new ApiMitigation.Firewall(firewall(node));
            case CACHING -> caching(Keys.of(node, List.of("hit-ratio", "hits")));
            case RATE_LIMIT_BY_KEY -> rateLimit(Keys.of(node, List.of("calls", "renewal-period")));
            case CONNECTION_REUSE ->
                node.is(Kind.MAPPING)
                        ? new ApiMitigation.ConnectionReuse(
                                Keys.of(node, List.of("idle-limit")).find("idle-limit", Units::aboveZero))
                        : nothing(node, new ApiMitigation.ConnectionReuse(Optional.empty()));
        };
    }

    /** A mitigation without details, written as an empty mapping or as a key without a value. */
    private static ApiMitigation nothing(Node node, ApiMitigation mitigation) {
        boolean nothing =
                node.isEmpty() || (node.is(Kind.MAPPING) && node.children().isEmpty());
        if (!nothing) {
            throw node.wrong("{} or nothing");
        }
        return mitigation;
    }

    private static ApiMitigation moreBackends(Keys keys) {
        int count = keys.require("count", Units::count);
        ApiMitigation.Differ differ = keys.find(
                "differ", word -> Units.word(word, ApiMitigation.Differ.class), ApiMitigation.Differ.BY_ADDRESS);
        return keys.build("count", () -> new ApiMitigation.MoreBackends(count, differ));
    }

    static AzureFirewall firewall(Node node) {
        if (!node.is(Kind.MAPPING)) {
            Choice.of(node, List.of("article"), List.of());
            return AzureFirewall.article();
        }
        Keys keys = Keys.of(node, List.of("public-ips", "instances", "ports-per-ip"));
        int publicIps = keys.find("public-ips", Units::count, 1);
        if (keys.has("instances") == keys.has("ports-per-ip")) {
            throw keys.error("expected exactly one of instances (2,496 ports for each and public IP) and ports-per-ip");
        }
        if (keys.has("instances")) {
            int instances = keys.require("instances", Units::count);
            keys.check("public-ips", () -> new AzureFirewall(publicIps, 1));
            keys.check("instances", () -> AzureFirewall.documented(1, instances));
            return keys.build("instances", () -> AzureFirewall.documented(publicIps, instances));
        }
        int ports = keys.require("ports-per-ip", Units::count);
        keys.check("public-ips", () -> new AzureFirewall(publicIps, 1));
        keys.check("ports-per-ip", () -> new AzureFirewall(1, ports));
        return keys.build("ports-per-ip", () -> new AzureFirewall(publicIps, ports));
    }

    private static ApiMitigation caching(Keys keys) {
        double ratio = keys.require("hit-ratio", Units::share);
        ApiMitigation.Hits hits =
                keys.find("hits", word -> Units.word(word, ApiMitigation.Hits.class), ApiMitigation.Hits.RANDOM);
        return keys.build("hit-ratio", () -> new ApiMitigation.Caching(ratio, hits));
    }

    private static ApiMitigation rateLimit(Keys keys) {
        int calls = keys.require("calls", Units::count);
        Duration period = keys.require("renewal-period", Units::aboveZero);
        return keys.build("calls", () -> new ApiMitigation.RateLimitByKey(calls, period));
    }

    private static Autoscale autoscale(Node node) {
        Keys keys = Keys.of(
                node,
                List.of(
                        "metric",
                        "scale-out-above",
                        "scale-in-below",
                        "units-min",
                        "units-max",
                        "period",
                        "takes",
                        "cpu-per-call"));
        Autoscale.Metric metric = keys.require("metric", ApiManagementBinder::metric);
        double above = keys.require("scale-out-above", Units::number);
        double below = keys.find("scale-in-below", Units::number, 0.0);
        int min = keys.find("units-min", Units::count, 1);
        int max = keys.require("units-max", Units::count);
        Duration period = keys.find("period", Units::aboveZero, Duration.ofMinutes(5));
        Duration takes = keys.find("takes", Units::duration, Duration.ZERO);
        Duration cpu = keys.find("cpu-per-call", Units::duration, Duration.ZERO);
        return keys.build("metric", () -> new Autoscale(metric, above, below, min, max, period, takes, cpu));
    }

    /** G4: SNAT use is what people ask for, so the refusal says why. */
    private static Autoscale.Metric metric(Node node) {
        if (node.is(Kind.SCALAR) && node.text().contains("snat")) {
            throw node.error("value " + ScenarioException.quoted(node.text())
                    + ": SNAT use is no metric for autoscale (G4), expected one of calls, cpu");
        }
        return Units.word(node, Autoscale.Metric.class);
    }
}
