package io.github.snatsim.workload;

import com.google.common.collect.ImmutableMap;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A workload as it runs on some instances. Driven by one thread, the network's. */
public final class WorkloadRun {
    private final Workload workload;
    private final Network network;
    private final RandomStreams streams;
    private final long horizonNanos;

    /** The runs on instances that are there, by the instance's address; the callers of a service by its name. */
    private final Map<String, List<ClientRun>> running = new LinkedHashMap<>();

    /** What each instance sends through, also after it has gone, by its address. */
    private final Map<String, InstanceNetwork> networks = new HashMap<>();

    /** All runs that there ever were, for their counts. */
    private final Map<String, List<ClientRun>> byClient = new HashMap<>();

    /** Everybody who ever made connections. */
    private final List<Connector> connectors = new ArrayList<>();

    /** The hosts of instances that serve requests of a service. */
    private final Map<IpAddress, Host> serving = new HashMap<>();

    /** What connectors for a service's requests counted, by client. */
    private final Map<String, List<ClientCounters>> forwarded = new HashMap<>();

    /** The clients as an instance that starts now runs them, without those that are stopped. */
    private final Map<String, Client> current = new LinkedHashMap<>();

    /**
     * Makes a workload that runs on no instance yet.
     *
     * @param workload what to run
     * @param network what to run it on
     * @param seed what all random numbers follow from
     * @param horizonNanos no request begins at or after this time
     */
    public WorkloadRun(Workload workload, Network network, long seed, long horizonNanos) {
        this.workload = workload;
        this.network = network;
        this.streams = new RandomStreams(seed);
        this.horizonNanos = horizonNanos;
        workload.clients().forEach(client -> current.put(client.name(), client));
    }

    /**
     * Begins to run every client on an instance. An instance that runs already is left alone.
     *
     * @param instance its private address
     */
    public void startOn(IpAddress instance) {
        startOn(instance, client -> true);
    }

    /**
     * Begins to run some of the clients on an instance. An instance that runs already is left alone.
     *
     * @param instance its private address
     * @param runs which clients it runs, by their names
     */
    public void startOn(IpAddress instance, Predicate<String> runs) {
        if (running.containsKey(instance.toString())) {
            return;
        }
        InstanceNetwork own = new InstanceNetwork(network);
        InstanceNetwork before = networks.put(instance.toString(), own);
        if (before != null) {
            before.cut();
        }
        Host host = host(instance);
        start(instance.toString(), runs, (client, source, counters) -> {
            Connector connector =
                    add(new Connector(client, host, own, workload.outages(), streams, source, horizonNanos, counters));
            return (caller, request) -> connector.attempt(request);
        });
    }

    /** An instance's host; one that comes back begins anew. */
    private Host host(IpAddress instance) {
        return new Host(instance, workload.sourcePorts(), streams.stream(instance + "/source-ports"));
    }

    /**
     * Returns what makes connections on an instance for requests that a service passes on. What it counts is added to the
     * client's counts.
     *
     * @param rules the client, with the rules for connections to follow; its arrivals and retries have no effect
     * @param instance the private address that the connections begin at
     * @param through what they go through
     * @return a connector for that client and instance only
     */
    public Connector connector(Client rules, IpAddress instance, Network through) {
        Host host = serving.computeIfAbsent(instance, this::host);
        ClientCounters counters = new ClientCounters();
        forwarded.computeIfAbsent(rules.name(), name -> new ArrayList<>()).add(counters);
        String source = instance + "/" + rules.name();
        return add(new Connector(rules, host, through, workload.outages(), streams, source, horizonNanos, counters));
    }

    private Connector add(Connector connector) {
        connectors.add(connector);
        return connector;
    }

    /**
     * Tells which keepalives are sent on a flow. Costs a look at every client of every instance.
     *
     * @param flow the flow
     * @return the keepalives of the client that has its connection; empty if none sends any
     */
    public Optional<Keepalive> keepalive(FiveTuple flow) {
        return connectors.stream()
                .flatMap(connector -> connector.keepalive(flow).stream())
                .findFirst();
    }

    /**
     * Begins to run every client once, as a caller of a service.
     *
     * @param service what they call
     */
    public void startCalling(Service service) {
        start("service", client -> true, (client, source, counters) -> service);
    }

    /** Says how a client's requests are served. */
    @FunctionalInterface
    private interface Serving {
        Service of(Client client, String source, ClientCounters counters);
    }

    private void start(String place, Predicate<String> runs, Serving serving) {
        List<ClientRun> started = new ArrayList<>();
        running.put(place, started);
        for (Client client : current.values()) {
            if (runs.test(client.name())) {
                String source = place + "/" + client.name();
                ClientCounters counters = new ClientCounters();
                Service service = serving.of(client, source, counters);
                ClientRun run = new ClientRun(client, network, service, streams, source, horizonNanos, counters);
                started.add(run);
                byClient.computeIfAbsent(client.name(), name -> new ArrayList<>())
                        .add(run);
                run.start();
            }
        }
    }

    /**
     * Ends all arrivals on an instance, as when it is removed; what has begun goes on.
     *
     * @param instance its private address
     */
    public void stopOn(IpAddress instance) {
        List<ClientRun> runs = running.remove(instance.toString());
        if (runs != null) {
            runs.forEach(ClientRun::stopArrivals);
        }
    }

    /**
     * Ends a client's arrivals on all instances; what has begun goes on.
     *
     * @param client its name
     * @throws IllegalArgumentException if there is no such client
     */
    public void stop(String client) {
        runsOf(client).forEach(ClientRun::stopArrivals);
        current.remove(client);
    }

    /**
     * Replaces a client's arrivals on all instances, from now on.
     *
     * @param client its name
     * @param arrivals the new ones
     * @throws IllegalArgumentException if there is no such client
     */
    public void changeArrivals(String client, Arrivals arrivals) {
        runsOf(client).forEach(run -> run.changeArrivals(arrivals));
        workload.clients().stream()
                .filter(known -> known.name().equals(client))
                .forEach(known -> current.put(client, known.withArrivals(arrivals)));
    }

    /** The runs of a client on the instances that are there. */
    private List<ClientRun> runsOf(String client) {
        if (workload.clients().stream().noneMatch(known -> known.name().equals(client))) {
            throw new IllegalArgumentException("there is no client named " + client);
        }
        return running.values().stream()
                .flatMap(List::stream)
                .filter(run -> run.client().name().equals(client))
                .toList();
    }

    /**
     * Returns what the clients have seen so far, on all their instances together.
     *
     * @return a snapshot by the client's name, in the workload's order
     */
    public ImmutableMap<String, ClientCounters> counters() {
        ImmutableMap.Builder<String, ClientCounters> counters = ImmutableMap.builder();
        for (Client client : workload.clients()) {
            ClientCounters sum = new ClientCounters();
            byClient.getOrDefault(client.name(), List.of()).forEach(run -> sum.add(run.counters()));
            forwarded.getOrDefault(client.name(), List.of()).forEach(sum::add);
            counters.put(client.name(), sum);
        }
        return counters.buildOrThrow();
    }
}
