package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.workload.Distribution;
import java.time.Duration;
import java.util.List;

/** Makes distributions of durations; a bare duration is always the same. */
final class DistributionBinder {
    private DistributionBinder() {}

    static Distribution distribution(Node node) {
        if (node.is(Kind.SCALAR)) {
            return Keys.build(node, () -> Distribution.fixed(Units.duration(node)));
        }
        Choice choice =
                Choice.of(node, List.of(), List.of("fixed", "exponential", "log-normal", "pareto", "empirical"));
        Node content = choice.content();
        return switch (choice.kind()) {
            case "fixed" -> Keys.build(content, () -> Distribution.fixed(Units.duration(content)));
            case "exponential" -> exponential(Keys.of(content, List.of("mean")));
            case "log-normal" -> logNormal(Keys.of(content, List.of("median", "sigma")));
            case "pareto" -> pareto(Keys.of(content, List.of("min", "shape")));
            default -> empirical(content);
        };
    }

    private static Distribution exponential(Keys keys) {
        Duration mean = keys.require("mean", Units::aboveZero);
        return keys.build("mean", () -> new Distribution.Exponential(mean));
    }

    private static Distribution logNormal(Keys keys) {
        Duration median = keys.require("median", Units::aboveZero);
        keys.build("median", () -> new Distribution.LogNormal(median, 0));
        double sigma = keys.require("sigma", Units::number);
        return keys.build("sigma", () -> new Distribution.LogNormal(median, sigma));
    }

    private static Distribution pareto(Keys keys) {
        Duration min = keys.require("min", Units::aboveZero);
        keys.build("min", () -> new Distribution.Pareto(min, 1));
        double shape = keys.require("shape", Units::number);
        return keys.build("shape", () -> new Distribution.Pareto(min, shape));
    }

    private static Distribution empirical(Node node) {
        ImmutableList<Duration> values;
        if (node.is(Kind.MAPPING)) {
            values = NamedFiles.durations(
                    Choice.of(node, List.of(), List.of("file")).content());
        } else {
            values = ScenarioBinder.list(node, "durations, or file", Units::duration);
        }
        return Keys.build(node, () -> new Distribution.Empirical(values));
    }
}
