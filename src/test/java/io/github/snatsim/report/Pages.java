package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.snatsim.net.Destination;
import io.github.snatsim.plan.CapacityPlanner;
import io.github.snatsim.plan.MitigationAdvisor;
import io.github.snatsim.plan.NlbAdvisor;
import io.github.snatsim.scenario.ScenarioFile;
import io.github.snatsim.sim.Replay;
import io.github.snatsim.sim.ReplaySettings;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScenarioRun;
import io.github.snatsim.sim.SnatSetup;
import io.github.snatsim.trace.TraceReader;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One page of every kind, from real runs. */
enum Pages {
    PLAIN {
        @Override
        String html() {
            return simulation("02-outage-and-retries.yaml", 1);
        }
    },
    CALM {
        @Override
        String html() {
            return simulation("10-closed-loop.yaml", 1);
        }
    },
    SCALE_OUT {
        @Override
        String html() {
            return simulation("11-scale-out-across-a-tier.yaml", 1);
        }
    },
    DEPLOYMENT {
        @Override
        String html() {
            return simulation("13-three-outbound-methods.yaml", 1);
        }
    },
    REPLICATIONS {
        @Override
        String html() {
            return simulation("02-outage-and-retries.yaml", 3);
        }
    },
    API_MANAGEMENT {
        @Override
        String html() {
            return simulation("14-api-management.yaml", 1);
        }
    },
    LOAD_BALANCER {
        @Override
        String html() {
            return simulation("17-load-balancer-long-timeout.yaml", 1);
        }
    },
    LOAD_BALANCER_ADVICE {
        @Override
        String html() {
            Path file = example("15-load-balancer-late-sends.yaml");
            return NlbAdviceText.html(
                    NlbAdvisor.advise(ScenarioFile.read(file)), file.toString(), origin("nlb advise", file));
        }
    },
    PLAN {
        @Override
        String html() {
            Path file = example("11-scale-out-across-a-tier.yaml");
            return new PlanReport(file.toString(), CapacityPlanner.plan(ScenarioFile.read(file), 0.001, 4, 2, 1))
                    .html(origin("plan", file));
        }
    },
    COMPARISON {
        @Override
        String html() {
            Path file = example("02-outage-and-retries.yaml");
            Scenario scenario = ScenarioFile.read(file);
            return new ComparisonReport(
                            file.toString(),
                            MitigationAdvisor.compare(scenario, MitigationAdvisor.usual(scenario), 3, 1))
                    .html(origin("compare", file));
        }
    },
    REPLAY {
        @Override
        String html() {
            Path file = Path.of("src/test/resources/traces/pcap_zeek_http-methods.pcap");
            try (TraceReader trace = TraceReader.open(file)) {
                return new ReplayReport(
                                file.toString(),
                                trace.format().toString(),
                                Replay.run(trace, ReplaySettings.portsPerInstance(32)),
                                ImmutableSortedMap.of("icmp", 3L),
                                1)
                        .html(new PageOrigin("1.2.3", "snatsim replay", Optional.empty()));
            }
        }
    },
    NOTHING {
        @Override
        String html() {
            return Reports.empty().html(new PageOrigin("1.2.3", "snatsim replay empty.pcap", Optional.empty()));
        }
    },
    HOSTILE {
        @Override
        String html() {
            Client client = Client.of(
                    HOSTILE_NAME,
                    new Arrivals.Even(Rate.perSecond(2)),
                    Destinations.one(Destination.parse("tcp 203.0.113.7:443")));
            Scenario scenario =
                    Scenario.of(SnatSetup.portsPerInstance(64), 2, Workload.of(client), Duration.ofMinutes(10));
            return new SimulationReport(
                            HOSTILE_NAME, 64, 2, new Replications(ImmutableList.of(ScenarioRun.run(scenario))))
                    .html(new PageOrigin(HOSTILE_NAME, HOSTILE_NAME, Optional.of(HOSTILE_NAME.repeat(50))));
        }
    };

    /** A name that tries to become markup, to end a style sheet, to run, to load, and to turn the text around. */
    static final String HOSTILE_NAME =
            "<script>alert(1)</script>\"'&</style><img src='http://203.0.113.1/x' onerror=alert(1)>"
                    + "--><![CDATA[]]>\u202E\u0000\uD800" + "W".repeat(300);

    /** The page, the same whenever it is asked for. */
    abstract String html();

    private static Path example(String name) {
        return Path.of("docs/examples", name);
    }

    private static PageOrigin origin(String command, Path file) {
        try {
            return new PageOrigin("1.2.3", "snatsim " + command + " " + file, Optional.of(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String simulation(String example, int runs) {
        Path file = example(example);
        Scenario scenario = ScenarioFile.read(file);
        int instances = scenario.instances().size();
        return new SimulationReport(
                        file.toString(),
                        scenario.gateway().portsOf(instances),
                        instances,
                        Replications.run(scenario, runs, 1))
                .html(origin("simulate", file));
    }
}
