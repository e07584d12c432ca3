package io.github.snatsim.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.plan.ScenarioMitigation;
import io.github.snatsim.scenario.ScenarioFile;
import io.github.snatsim.workload.Rate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Mitigations on the command line: {@code pool=20+backoff}. */
final class MitigationWords {
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration BACKOFF_MAX = Duration.ofMinutes(1);
    private static final int FIREWALL_INSTANCES = 2;

    private final String word;
    private final @Nullable String value;

    private MitigationWords(String word, @Nullable String value) {
        this.word = word;
        this.value = value;
    }

    /** Reads a choice of one or several, joined by plus signs. */
    static ImmutableList<ScenarioMitigation> choice(String text) {
        return Splitter.on('+').splitToList(text).stream()
                .map(part -> {
                    List<String> sides = Splitter.on('=').limit(2).splitToList(part);
                    return new MitigationWords(sides.get(0), sides.size() == 1 ? null : sides.get(1)).mitigation();
                })
                .collect(ImmutableList.toImmutableList());
    }

    private ScenarioMitigation mitigation() {
        ScenarioMitigation.Kind kind = Arrays.stream(ScenarioMitigation.Kind.values())
                .filter(known -> known.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "'" + word + "' is no mitigation: expected one of "
                                + Arrays.stream(ScenarioMitigation.Kind.values())
                                        .map(ScenarioMitigation.Kind::toString)
                                        .collect(Collectors.joining(", ")),
                        null));
        try {
            return of(kind);
        } catch (IllegalArgumentException e) {
            throw new InputException(word + "=" + value + ": " + e.getMessage(), e);
        }
    }

    private ScenarioMitigation of(ScenarioMitigation.Kind kind) {
        return switch (kind) {
            case REUSE -> new ScenarioMitigation.Reuse(optional(this::duration));
            case POOL -> new ScenarioMitigation.Pool(count());
            case BACKOFF -> backoff();
            case KEEPALIVE -> new ScenarioMitigation.Keepalive(duration(required("an interval such as 60s")));
            case RST_CLOSE -> alone(new ScenarioMitigation.RstClose());
            case INSTANCE_LEVEL_IP -> alone(new ScenarioMitigation.InstanceLevelIp());
            case INSTANCES -> new ScenarioMitigation.Instances(count());
            case PUBLIC_IPS -> new ScenarioMitigation.PublicIps(count());
            case DESTINATION_IPS -> new ScenarioMitigation.DestinationIps(count());
            case DESTINATION_PORTS -> new ScenarioMitigation.DestinationPorts(count());
            case CACHING -> new ScenarioMitigation.Caching(share());
            case RATE_LIMIT -> new ScenarioMitigation.RateLimit(rate());
            case FIREWALL -> new ScenarioMitigation.Firewall(firewall());
            case PRIVATE_ENDPOINT -> alone(new ScenarioMitigation.PrivateEndpoint());
            case FASTER_BACKEND -> new ScenarioMitigation.FasterBackend(share());
        };
    }

    private <T> Optional<T> optional(Function<String, T> read) {
        return value == null ? Optional.empty() : Optional.of(read.apply(value));
    }

    private String required(String expected) {
        if (value == null) {
            throw new InputException("'" + word + "': expected " + word + "= and " + expected, null);
        }
        return value;
    }

    private InputException wrong(String expected) {
        return new InputException(word + "=" + value + ": expected " + expected, null);
    }

    private ScenarioMitigation alone(ScenarioMitigation mitigation) {
        if (value != null) {
            throw wrong("no value");
        }
        return mitigation;
    }

    private int count() {
        String expected = "a whole number";
        String text = required(expected);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InputException(word + "=" + text + ": expected " + expected, e);
        }
    }

    private double share() {
        String expected = "a share such as 50% or 0.5";
        return ScenarioFile.parseShare(required(expected)).orElseThrow(() -> wrong(expected));
    }

    private Rate rate() {
        String expected = "a rate such as 5/s or 100/min";
        return ScenarioFile.parseRate(required(expected)).orElseThrow(() -> wrong(expected));
    }

    private Duration duration(String text) {
        return ScenarioFile.parseDuration(text).orElseThrow(() -> wrong("a duration with a unit such as 60s, 4min"));
    }

    private ScenarioMitigation backoff() {
        if (value == null) {
            return new ScenarioMitigation.Backoff(BACKOFF, BACKOFF_MAX);
        }
        List<String> ends = Splitter.on("..").splitToList(value);
        if (ends.size() != 2) {
            throw wrong("the first and the longest delay such as 1s..60s");
        }
        return new ScenarioMitigation.Backoff(duration(ends.get(0)), duration(ends.get(1)));
    }

    private AzureFirewall firewall() {
        if (value == null) {
            return AzureFirewall.documented(1, FIREWALL_INSTANCES);
        }
        return value.equals("article")
                ? AzureFirewall.article()
                : AzureFirewall.documented(count(), FIREWALL_INSTANCES);
    }
}
