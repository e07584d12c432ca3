package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes arrivals. */
final class ArrivalsBinder {
    private ArrivalsBinder() {}

    static Arrivals arrivals(Node node) {
        Choice choice =
                Choice.of(node, List.of(), List.of("even", "poisson", "bursts", "daily", "recorded", "closed-loop"));
        Node content = choice.content();
        return switch (choice.kind()) {
            case "even" -> new Arrivals.Even(Units.rate(content));
            case "poisson" -> new Arrivals.Poisson(Units.rate(content));
            case "bursts" -> bursts(Keys.of(content, List.of("size", "every")));
            case "daily" -> daily(content);
            case "recorded" -> recorded(content);
            default -> closedLoop(Keys.of(content, List.of("workers", "think")));
        };
    }

    private static Arrivals bursts(Keys keys) {
        int size = keys.require("size", Units::count);
        Duration every = keys.require("every", Units::aboveZero);
        return keys.build("every", () -> new Arrivals.Bursts(size, every));
    }

    private static Arrivals daily(Node node) {
        ImmutableList<Optional<Rate>> hourly = ScenarioBinder.list(
                node,
                "24 rates",
                item -> item.is(Kind.SCALAR) && item.isPlain() && item.text().equals("0")
                        ? Optional.empty()
                        : Optional.of(Units.rate(item)));
        return Keys.build(node, () -> new Arrivals.Daily(hourly));
    }

    private static Arrivals recorded(Node node) {
        if (node.is(Kind.MAPPING)) {
            Choice choice = Choice.of(node, List.of(), List.of("file", "trace"));
            ImmutableList<Duration> times = choice.kind().equals("file")
                    ? NamedFiles.durations(choice.content())
                    : NamedFiles.openings(choice.content());
            return Keys.build(choice.content(), () -> new Arrivals.Recorded(times));
        }
        ImmutableList<Duration> times = ScenarioBinder.list(node, "times, or file, or trace", Units::duration);
        return Keys.build(node, () -> new Arrivals.Recorded(times));
    }

    private static Arrivals closedLoop(Keys keys) {
        int workers = keys.require("workers", Units::count);
        Distribution think = keys.find("think", DistributionBinder::distribution, Distribution.fixed(Duration.ZERO));
        return new Arrivals.ClosedLoop(workers, think);
    }
}
