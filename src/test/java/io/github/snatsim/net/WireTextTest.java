package io.github.snatsim.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value prints as wire text and parses back from it; whatever else is refused by name. */
class WireTextTest {
    private static final long SEED = Long.getLong("snatsim.random.seed", 1L);
    private static final int ROUNDS = 5_000;

    /** A type with wire text: how to read it, how to draw a value, and texts that must print as they were read. */
    private record WireType<T>(
            Class<T> type, Function<String, T> parse, Function<Random, T> draw, List<String> examples) {
        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    static Stream<WireType<?>> types() {
        return Stream.of(
                new WireType<>(Protocol.class, Protocol::parse, WireTextTest::protocol, List.of("tcp", "udp")),
                new WireType<>(
                        IpAddress.class,
                        IpAddress::parse,
                        WireTextTest::address,
                        List.of(
                                "0.0.0.0",
                                "10.0.0.1",
                                "100.200.99.9",
                                "127.255.255.255",
                                "128.0.0.0",
                                "255.255.255.255")),
                new WireType<>(
                        IpPrefix.class,
                        IpPrefix::parse,
                        WireTextTest::prefix,
                        List.of("0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/8", "203.0.113.128/31", "255.255.255.255/32")),
                new WireType<>(
                        PortRange.class,
                        PortRange::parse,
                        WireTextTest::portRange,
                        List.of("1", "65535", "1-65535", "1024-65535", "80-81")),
                new WireType<>(
                        Endpoint.class,
                        Endpoint::parse,
                        WireTextTest::endpoint,
                        List.of("0.0.0.0:1", "203.0.113.7:443", "255.255.255.255:65535")),
                new WireType<>(
                        Destination.class,
                        Destination::parse,
                        WireTextTest::destination,
                        List.of("tcp 203.0.113.7:443", "udp 8.8.8.8:53")),
                new WireType<>(
                        FiveTuple.class,
                        FiveTuple::parse,
                        WireTextTest::fiveTuple,
                        List.of("tcp 10.0.0.1:40000 -> 203.0.113.7:443", "udp 0.0.0.0:1 -> 255.255.255.255:65535")));
    }

    @ParameterizedTest
    @MethodSource("types")
    void examplesPrintAsTheyWereRead(WireType<?> type) {
        assertThat(type.examples())
                .allSatisfy(text -> assertThat(type.parse().apply(text)).hasToString(text));
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyValueIsReadBackFromItsText(WireType<?> type) {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Object value = type.draw().apply(random);
            assertThat((Object) type.parse().apply(value.toString()))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(value)
                    .hasSameHashCodeAs(value)
                    .hasToString(value.toString());
        }
    }

    /** Values that differ print differently, so the text may stand for the value: equality has nothing else to obey. */
    @ParameterizedTest
    @MethodSource("types")
    void valuesAreEqualExactlyIfTheirTextsAre(WireType<?> type) {
        Random random = new Random(SEED);
        int equalPairs = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Object one = type.draw().apply(random);
            Object other = random.nextInt(4) == 0
                    ? type.parse().apply(one.toString())
                    : type.draw().apply(random);
            boolean sameText = one.toString().equals(other.toString());
            equalPairs += sameText ? 1 : 0;
            assertThat(one.equals(other))
                    .as("seed %d, round %d: %s and %s", SEED, round, one, other)
                    .isEqualTo(sameText)
                    .isEqualTo(other.equals(one));
            assertThat(one).isNotEqualTo(null).isNotEqualTo(one.toString());
        }
        assertThat(equalPairs).as("equal pairs met with seed %d", SEED).isBetween(1, ROUNDS - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "...",
                "localhost",
                "example.com",
                "1.2.3",
                "1.2.3.",
                "1.2.3.4.5",
                "1.2.3.4.",
                ".1.2.3",
                "1..2.3",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4\n",
                "1.2.3.4\u0000",
                "1.2.3.4:80",
                "1.2.3.4/32",
                "1,2,3,4",
                "010.0.0.1",
                "10.0.0.01",
                "00.0.0.0",
                "0x7f.0.0.1",
                "2130706433",
                "127.1",
                "256.1.1.1",
                "1.1.1.256",
                "1.1.1.999",
                "1.1.1.4294967297",
                "-1.2.3.4",
                "+1.2.3.4",
                "a.b.c.d",
                "::1",
                "::ffff:1.2.3.4",
                // Arabic-Indic and full-width digits: Integer.parseInt would read them
                "\u0661.\u0662.\u0663.\u0664",
                "1.2.3.\uff14"
            })
    void badAddressIsRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("IPv4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "65536",
                "-1",
                "99999999999",
                "4294967376",
                "",
                " ",
                " 80",
                "80 ",
                "+80",
                "8_0",
                "0x50",
                "http",
                "80.0",
                "\u0668\u0660",
                "\uff18\uff10"
            })
    void badPortIsRefusedByName(String port) {
        for (String text : List.of(port, "443-" + port)) {
            assertThatIllegalArgumentException()
                    .as("port range %s", text)
                    .isThrownBy(() -> PortRange.parse(text))
                    .withMessageContaining("'" + text + "'");
        }
        String endpoint = "10.0.0.1:" + port;
        assertThatIllegalArgumentException()
                .as("endpoint %s", endpoint)
                .isThrownBy(() -> Endpoint.parse(endpoint))
                .withMessageContaining("'" + endpoint + "'")
                .withMessageContaining(port);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Destination.parse("tcp " + endpoint))
                .withMessageContaining("'" + endpoint + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiveTuple.parse("tcp " + endpoint + " -> 203.0.113.7:443"))
                .withMessageContaining("'" + endpoint + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiveTuple.parse("tcp 10.0.0.1:40000 -> " + endpoint))
                .withMessageContaining("'" + endpoint + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65_536, 65_537, Integer.MAX_VALUE})
    void portOutOfRangeIsRefusedByName(int port) {
        IpAddress address = IpAddress.parse("10.0.0.1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Endpoint(address, port))
                .withMessage("port " + port + " is outside 1-65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortRange(port, 65_535))
                .withMessage("port " + port + " is outside 1-65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortRange(1, port))
                .withMessage("port " + port + " is outside 1-65535");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    # text         | what the message names
                    2-1            | 2-1
                    65535-1        | 65535-1
                    -              | '-'
                    1-             | '1-'
                    1-2-3          | '1-2-3'
                    1 - 2          | '1 - 2'
                    1..2           | '1..2'
                    """)
    void badPortRangeIsRefusedByName(String text, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PortRange.parse(text))
                .withMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # text          | what the message names
                    10.0.0.1/8      | 'did you mean 10.0.0.0/8?'
                    255.255.255.255/0 | 'did you mean 0.0.0.0/0?'
                    10.0.0.1/31     | 'did you mean 10.0.0.0/31?'
                    10.0.0.0/33     | 33 is outside 0-32
                    10.0.0.0/99     | 99 is outside 0-32
                    10.0.0.0/100    | 10.0.0.0/100
                    10.0.0.0/-1     | 10.0.0.0/-1
                    10.0.0.0/       | 10.0.0.0/
                    10.0.0.0/8/8    | 10.0.0.0/8/8
                    10.0.0.0/+8     | 10.0.0.0/+8
                    10.0.0.0/255.0.0.0 | 10.0.0.0/255.0.0.0
                    /8              | IPv4
                    10.0/16         | 10.0
                    localhost/32    | localhost
                    localhost       | localhost
                    10.0.0.0/\uff18 | 10.0.0.0/\uff18
                    """)
    void badPrefixIsRefusedByName(String text, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpPrefix.parse(text))
                .withMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # text               | what the message names
                    ''                   | address:port
                    10.0.0.1             | '10.0.0.1'
                    10.0.0.1 80          | '10.0.0.1 80'
                    :80                  | IPv4
                    localhost:80         | localhost
                    010.0.0.1:80         | 010.0.0.1
                    256.1.1.1:80         | 256.1.1.1
                    ' 10.0.0.1:80'       | ' 10.0.0.1'
                    [::1]:80             | [::1]
                    ::1                  | IPv4
                    10.0.0.1:80:80       | 10.0.0.1:80
                    """)
    void badEndpointIsRefusedByName(String text, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(text))
                .withMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # text                       | what the message names
                    ''                           | protocol address:port
                    tcp                          | tcp
                    10.0.0.1:80                  | 10.0.0.1:80
                    tcp:10.0.0.1:80              | tcp:10.0.0.1:80
                    icmp 10.0.0.1:80             | icmp
                    tcp  10.0.0.1:80             | ' 10.0.0.1'
                    ' tcp 10.0.0.1:80'           | protocol
                    tcp localhost:80             | localhost
                    tcp 10.0.0.1                 | 10.0.0.1
                    """)
    void badDestinationIsRefusedByName(String text, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Destination.parse(text))
                .withMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # text                                     | what the message names
                    ''                                         | not a flow
                    tcp                                        | tcp
                    tcp 10.0.0.1:1 10.0.0.2:2                  | tcp 10.0.0.1:1 10.0.0.2:2
                    tcp 10.0.0.1:1 > 10.0.0.2:2                | tcp 10.0.0.1:1 > 10.0.0.2:2
                    tcp 10.0.0.1:1->10.0.0.2:2                 | tcp 10.0.0.1:1->10.0.0.2:2
                    tcp -> 10.0.0.2:2                          | tcp -> 10.0.0.2:2
                    ' -> 10.0.0.2:2'                           | ' -> 10.0.0.2:2'
                    tcp  -> 10.0.0.2:2                         | ''
                    tcp 10.0.0.1:1 ->                          | tcp 10.0.0.1:1 ->
                    'tcp 10.0.0.1:1 -> '                       | ''
                    tcp 10.0.0.1:1 -> 10.0.0.2:2 -> 10.0.0.3:3 | 10.0.0.2:2 -> 10.0.0.3
                    sctp 10.0.0.1:1 -> 10.0.0.2:2              | sctp
                    10.0.0.1:1 -> 10.0.0.2:2                   | 10.0.0.1:1
                    tcp 10.0.0.1:1 -> example.com:2            | example.com
                    tcp 10.0.0.1 -> 10.0.0.2:2                 | 10.0.0.1
                    """)
    void badFlowIsRefusedByName(String text, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiveTuple.parse(text))
                .withMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", "tc", "tcpp", " tcp", "6", "icmp", "sctp", "tcp/udp"})
    void badProtocolIsRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Protocol.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("tcp or udp");
    }

    @ParameterizedTest
    @CsvSource({"TCP, TCP", "Tcp, TCP", "UDP, UDP", "uDp, UDP"})
    void protocolIsReadInAnyCase(String text, Protocol protocol) {
        assertThat(Protocol.parse(text)).isEqualTo(protocol);
    }

    @ParameterizedTest
    @MethodSource("types")
    void parsingKnowsNoNameServer(WireType<?> type) throws IOException {
        String classFile = type.type().getSimpleName() + ".class";
        try (InputStream bytes = type.type().getResourceAsStream(classFile)) {
            assertThat(new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .as("constant pool of %s", classFile)
                    .contains("java/lang/")
                    .doesNotContain("java/net/")
                    .doesNotContain("javax/naming/");
        }
    }

    // values: half of the parts from a handful of bounds, so that equal values and extremes turn up

    private static final int[] EDGE_ADDRESSES = {0, 1, 0x0a000001, 0x7fffffff, 0x80000000, -1};
    private static final int[] EDGE_PORTS = {1, 2, 1_023, 1_024, 65_535};

    private static Protocol protocol(Random random) {
        return random.nextBoolean() ? Protocol.TCP : Protocol.UDP;
    }

    private static IpAddress address(Random random) {
        return IpAddress.ofIpv4(
                random.nextBoolean() ? EDGE_ADDRESSES[random.nextInt(EDGE_ADDRESSES.length)] : random.nextInt());
    }

    private static int port(Random random) {
        return random.nextBoolean() ? EDGE_PORTS[random.nextInt(EDGE_PORTS.length)] : 1 + random.nextInt(65_535);
    }

    private static IpPrefix prefix(Random random) {
        int length = random.nextInt(33);
        long mask = 0xffff_ffffL << (32 - length);
        return new IpPrefix(IpAddress.ofIpv4(address(random).ipv4Bits() & (int) mask), length);
    }

    private static PortRange portRange(Random random) {
        int one = port(random);
        int other = port(random);
        return new PortRange(Math.min(one, other), Math.max(one, other));
    }

    private static Endpoint endpoint(Random random) {
        return new Endpoint(address(random), port(random));
    }

    private static Destination destination(Random random) {
        return new Destination(protocol(random), endpoint(random));
    }

    private static FiveTuple fiveTuple(Random random) {
        return new FiveTuple(protocol(random), endpoint(random), endpoint(random));
    }
}
