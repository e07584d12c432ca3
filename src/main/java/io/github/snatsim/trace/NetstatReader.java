package io.github.snatsim.trace;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what {@code netstat -an} prints on Linux or Windows (rule S6): rows of protocol, local and foreign address and, for TCP,
 * a state. Stateless.
 */
public final class NetstatReader {
    private static final Splitter COLUMNS = Splitter.on(' ').trimResults().omitEmptyStrings();
    private static final int ROWS_MAX = 1_000_000;

    /** States without a connection. */
    private static final Set<String> WITHOUT_PORT = Set.of("LISTEN", "LISTENING", "CLOSED", "BOUND");

    private record Row(Protocol protocol, Endpoint local, Endpoint foreign, String state) {}

    private NetstatReader() {}

    /**
     * Reads a snapshot.
     *
     * @param text what netstat printed, in English
     * @param name what to call it in errors
     * @return the connections
     * @throws TraceException if no line is a row of netstat, a row is damaged, or there are more than a million
     * @throws IOException if the text cannot be read
     */
    public static NetstatSnapshot read(Reader text, String name) throws IOException {
        List<Row> rows = new ArrayList<>();
        Set<Integer> listening = new HashSet<>();
        Map<String, Integer> skipped = new TreeMap<>();
        int number = 0;
        int known = 0;
        BufferedReader lines = new BufferedReader(text);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            List<String> columns = COLUMNS.splitToList(line.replace('\t', ' '));
            Optional<String> protocol = protocol(columns);
            if (protocol.isPresent()) {
                if (++known > ROWS_MAX) {
                    throw new TraceException(name + ":" + number, "expected at most " + ROWS_MAX + " rows");
                }
                read(protocol.get(), columns, name + ":" + number, rows, listening, skipped);
            }
        }
        if (known == 0) {
            throw new TraceException(name, "no row begins with tcp or udp: expected what netstat -an prints");
        }
        return snapshot(rows, listening, skipped);
    }

    private static Optional<String> protocol(List<String> columns) {
        return columns.stream()
                .findFirst()
                .map(first -> first.toLowerCase(Locale.ROOT))
                .filter(first -> first.matches("(tcp|udp)[46]?"));
    }

    private static void read(
            String protocol,
            List<String> columns,
            String place,
            List<Row> rows,
            Set<Integer> listening,
            Map<String, Integer> skipped) {
        if (protocol.endsWith("6") || columns.stream().anyMatch(column -> column.startsWith("["))) {
            skipped.merge("IPv6", 1, Integer::sum);
            return;
        }
        List<String> addresses = columns.stream()
                .filter(column -> column.matches("[0-9.*]+:[0-9*]+"))
                .toList();
        if (addresses.size() != 2) {
            throw new TraceException(place, "expected a local and a foreign address such as 10.0.0.4:40000");
        }
        int foreign = columns.indexOf(addresses.get(1));
        String state = protocol.startsWith("udp") || foreign + 1 >= columns.size() ? "" : columns.get(foreign + 1);
        if (addresses.get(1).contains("*")
                || WITHOUT_PORT.contains(state)
                || addresses.get(1).endsWith(":0")) {
            port(addresses.get(0)).ifPresent(port -> {
                if (state.startsWith("LISTEN")) {
                    listening.add(port);
                }
            });
            skipped.merge("no connection", 1, Integer::sum);
            return;
        }
        try {
            rows.add(new Row(
                    Protocol.parse(protocol.substring(0, 3)),
                    Endpoint.parse(addresses.get(0)),
                    Endpoint.parse(addresses.get(1)),
                    state));
        } catch (IllegalArgumentException e) {
            throw new TraceException(place, String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<Integer> port(String address) {
        String port = address.substring(address.lastIndexOf(':') + 1);
        return port.matches("[0-9]{1,5}") ? Optional.of(Integer.valueOf(port)) : Optional.empty();
    }

    private static NetstatSnapshot snapshot(List<Row> rows, Set<Integer> listening, Map<String, Integer> skipped) {
        record Pair(IpAddress instance, Destination destination) {}
        Map<Pair, Map<String, Integer>> uses = new LinkedHashMap<>();
        int inbound = 0;
        for (Row row : rows) {
            if (listening.contains(row.local().port())) {
                inbound++;
                continue;
            }
            Pair pair = new Pair(row.local().address(), new Destination(row.protocol(), row.foreign()));
            uses.computeIfAbsent(pair, unused -> new TreeMap<>()).merge(row.state(), 1, Integer::sum);
        }
        return new NetstatSnapshot(
                uses.entrySet().stream()
                        .map(use -> new NetstatSnapshot.Use(
                                use.getKey().instance(),
                                use.getKey().destination(),
                                ImmutableMap.copyOf(use.getValue())))
                        .sorted()
                        .collect(toImmutableList()),
                inbound,
                ImmutableSortedMap.copyOf(skipped));
    }
}
