package io.github.snatsim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.RunnerException;

/** Measures this library beside its peers and prints tables for docs/benchmarks.md, which says how to run it. */
public final class Benchmarks {
    private static final Path PREVIOUS = Path.of("docs", "benchmarks", "previous.csv");
    private static final int ROUNDS = 3;

    private static final String USAGE = """
            usage, as -Dbench="...":
              quick                        the key ratios beside those of the previous release, within a minute
              run [ROUNDS [WORKLOADS [ENTRANTS]]]
                                           every entrant on A,B,C4,C5,C6,D, 3 rounds
              large [ROUNDS [ENTRANTS]]    C with 10^7 flows, which wants 10 GB
              collectors WORKLOADS [ENTRANTS]
                                           each peer under each garbage collector
              check                        do all entrants give the same verdicts?
              endtoend                     events per second of simulate and replay
              jmh OPTIONS                  JMH itself
            entrants: %s
            """.formatted(Arrays.toString(Entrant.values()));

    private Benchmarks() {}

    /** Runs one of the commands. */
    public static void main(String[] args) throws Exception {
        String command = args.length == 0 ? "help" : args[0];
        List<String> rest = List.of(args).subList(Math.min(1, args.length), args.length);
        switch (command) {
            case "quick" -> quick();
            case "run" ->
                print(measure(
                        rounds(rest), workloads(argument(rest, 1, "A,B,C4,C5,C6,D")), entrants(argument(rest, 2, ""))));
            case "large" ->
                print(measure(
                        rounds(rest),
                        workloads("C7"),
                        entrants(argument(rest, 1, "SNATSIM,LINKED_HASH_MAPS,HASH_MAP_HEAP,POINTER_CHASE"))));
            case "collectors" ->
                collectors(workloads(argument(rest, 0, "A,B,C4,C5,C6,D")), entrants(argument(rest, 1, "")));
            case "check" -> check();
            case "endtoend" -> EndToEnd.run();
            case "jmh" -> org.openjdk.jmh.Main.main(rest.toArray(String[]::new));
            default -> System.out.print(USAGE);
        }
    }

    private static String argument(List<String> arguments, int i, String otherwise) {
        return i < arguments.size() ? arguments.get(i) : otherwise;
    }

    private static int rounds(List<String> arguments) {
        return Integer.parseInt(argument(arguments, 0, Integer.toString(ROUNDS)));
    }

    private static List<Workload> workloads(String names) {
        return Arrays.stream(names.split(",")).map(Workload::named).toList();
    }

    private static List<Entrant> entrants(String names) {
        return names.isEmpty()
                ? List.of(Entrant.values())
                : Arrays.stream(names.split(",")).map(Entrant::valueOf).toList();
    }

    private static List<Rounds> measure(int rounds, List<Workload> workloads, List<Entrant> entrants)
            throws RunnerException {
        List<Rounds> measured = workloads.stream().map(Rounds::new).toList();
        for (int round = 0; round < rounds; round++) {
            for (Rounds each : measured) {
                each.run(entrants, round);
            }
        }
        return measured;
    }

    private static void print(List<Rounds> measured) {
        System.out.printf(
                "JDK %s, %s, %d processors%n%n",
                Runtime.version(),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
        System.out.println("| workload | entrant | ns per event | best peer / it | it / pointer chase"
                + " | allocated bytes per event | live flows | heap bytes per live flow |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (Rounds each : measured) {
            for (Entrant entrant : each.entrants()) {
                System.out.println("| " + String.join(" | ", row(each, entrant)) + " |");
            }
        }
    }

    private static List<String> row(Rounds each, Entrant entrant) {
        boolean isTable = entrant != Entrant.POINTER_CHASE;
        return List.of(
                each.workload().name(),
                entrant.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                each.spread(entrant, Figure::nanos).withDecimals(1),
                isTable ? each.bestPeerTo(entrant).withDecimals(2) : "",
                each.toChase(entrant).withDecimals(2),
                isTable ? each.spread(entrant, Figure::allocated).withDecimals(2) : "",
                each.spread(entrant, Figure::live).withDecimals(0),
                isTable ? each.spread(entrant, Figure::footprint).withDecimals(1) : "");
    }

    private static void quick() throws RunnerException, IOException {
        List<Entrant> entrants = List.of(Entrant.SNATSIM, Entrant.LINKED_HASH_MAPS, Entrant.POINTER_CHASE);
        Map<String, String> previous = previous();
        System.out.println("| workload | entrant | figure | now | previous release |");
        System.out.println("|---|---|---|---|---|");
        for (Rounds each : measure(1, workloads("A,C6,D"), entrants)) {
            for (Entrant entrant : each.entrants()) {
                if (entrant == Entrant.POINTER_CHASE || entrant.isPeer()) {
                    continue;
                }
                Map<String, Spread> figures = new TreeMap<>(Map.of(
                        "best peer / it", each.bestPeerTo(entrant),
                        "it / pointer chase", each.toChase(entrant),
                        "heap bytes per live flow", each.spread(entrant, Figure::footprint),
                        "allocated bytes per event", each.spread(entrant, Figure::allocated)));
                figures.forEach((figure, now) -> {
                    String name = each.workload().name() + "," + entrant + "," + figure;
                    System.out.println("| " + name.replace(",", " | ") + " | " + now.withDecimals(2) + " | "
                            + previous.getOrDefault(name, "-") + " |");
                });
            }
        }
    }

    /** The last column of the file by what is before it. */
    private static Map<String, String> previous() throws IOException {
        Map<String, String> figures = new TreeMap<>();
        for (String line : Files.readAllLines(PREVIOUS)) {
            int comma = line.lastIndexOf(',');
            figures.put(line.substring(0, comma), line.substring(comma + 1));
        }
        return figures;
    }

    private static void collectors(List<Workload> workloads, List<Entrant> entrants) throws RunnerException {
        System.out.println("| workload | entrant | SerialGC | ParallelGC | G1GC |");
        System.out.println("|---|---|---|---|---|");
        for (Workload workload : workloads) {
            for (Entrant entrant : entrants) {
                List<String> row = new ArrayList<>(List.of(workload.name(), entrant.name()));
                for (String collector : List.of("SerialGC", "ParallelGC", "G1GC")) {
                    row.add(Spread.of(Rounds.fork(workload, entrant, collector).nanos())
                            .withDecimals(1));
                }
                System.out.println("| " + String.join(" | ", row) + " |");
            }
        }
    }

    private static void check() {
        System.out.println("| workload | entrant | events | other verdicts | other ports |");
        System.out.println("|---|---|---|---|---|");
        for (Workload workload : workloads("A,B,C4,D")) {
            Workload small = workload.withInstances(5);
            for (Entrant entrant : Entrant.values()) {
                if (entrant != Entrant.POINTER_CHASE) {
                    int events = 300_000;
                    Comparison comparison =
                            Comparison.of(small, Entrant.SNATSIM.make(small), entrant.make(small), events);
                    System.out.printf(
                            "| %s | %s | %d | %d | %d |%n",
                            workload.name(), entrant, events, comparison.otherVerdicts(), comparison.otherPorts());
                }
            }
        }
    }
}
