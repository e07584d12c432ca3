package io.github.snatsim.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZeekJsonReaderTest {
    private static final String ENDS =
            "'id.orig_h':'10.0.0.1','id.orig_p':40000,'id.resp_h':'203.0.113.7','id.resp_p':443,'proto':'tcp'";
    private static final String NESTED_ENDS =
            "'proto':'tcp','id':{'orig_h':'10.0.0.1','orig_p':40000,'resp_h':'203.0.113.7','resp_p':443}";

    private static TraceReader open(String... lines) {
        return Traces.openLines(String.join("\n", lines).replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + ENDS + ",'ts':1.5}",
                "{'ts':'1.5'," + ENDS + ",'duration':null,'tags':[1,{'ts':9}],'more':{'ts':9}}",
                "{'ts':1.5,'id_orig_h':'10.0.0.1','id_orig_p':'40000','id_resp_h':'203.0.113.7','id_resp_p':443,"
                        + "'proto':'tcp'}",
                "{'ts':15e-1," + NESTED_ENDS + "}",
                "{'ts':'1970-01-01T00:00:01.500000Z'," + ENDS + "}\r",
                "\n  {'ts':'1970-01-01T01:00:01.5+01:00'," + ENDS + "}  \n",
            })
    void readsEveryWayOfWritingARow(String line) {
        assertThat(Traces.textOf(open(line)))
                .containsExactly("1500000000ns SYN from INITIATOR tcp 10.0.0.1:40000 -> 203.0.113.7:443");
    }

    @ParameterizedTest
    @CsvSource({
        "1588205199.82437, 0.001528024673461914, 1588205199824370000, 1588205199825898000",
        "1588205199.999999, 1.1920928955078125e-06, 1588205199999999000, 1588205200000000000",
        "1588205199, 9.5E1, 1588205199000000000, 1588205294000000000",
        "1588205199.8243701, 9.000000e-07, 1588205199824370000, 1588205199824371000"
    })
    void numbersAreReadAsDecimals(String ts, String duration, long startNanos, long endNanos) {
        try (TraceReader reader = open("{'ts':" + ts + "," + ENDS + ",'duration':" + duration + ",'history':'ShR'}")) {
            assertThat(reader.next().timeNanos()).isEqualTo(startNanos);
            assertThat(reader.next().timeNanos()).isEqualTo(endNanos);
        }
    }

    @Test
    void whatHasNoPortsOrIsIpv6IsCounted() {
        String ipv6 = "{'ts':1," + ENDS.replace("10.0.0.1", "fe80::1") + "}";
        String icmp = "{'ts':1," + ENDS.replace("tcp", "icmp") + "}";
        try (TraceReader reader = open(ipv6, icmp, ipv6)) {
            assertThat(reader).toIterable().isEmpty();
            assertThat(reader.skipped())
                    .containsExactly(Map.entry(SkipReason.IPV6, 2L), Map.entry(SkipReason.ICMP, 1L));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'ts':true} | ts is 'true': expected a number or text",
                "{'ts':[1]} | ts is '[': expected a number or text",
                "{'ts':1,'proto':'tcp'} | id.orig_h is missing: expected an IPv4",
                "{'records':[{'time':'2020'}]} | proto is missing: expected tcp",
                "{'ts':1 | not one JSON object per line: Unexpected end-of-input: expected close",
                "{}{} | something follows the JSON object: expected one object per line",
                "[1] | the line is not a JSON object: expected one such as {",
                "nonsense | not one JSON object per line: Unrecognized token 'nonsense': was expecting",
            })
    void wrongLineIsNamed(String line, String problem) {
        TraceReader reader = open("{'ts':1," + ENDS + "}", line);
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.textOf(reader))
                .withMessageStartingWith("test:2: " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1588205199824", "-1", "'2020-04-30T00:06'", "'yesterday'", "1e999999999", "1e400", "''"})
    void wrongTimeIsNamed(String ts) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.textOf(open("{'ts':" + ts + "," + ENDS + "}")))
                .withMessageStartingWith("test:1: ts is ")
                .withMessageEndingWith(": expected seconds as a decimal number from 0 to 9,223,372,036");
    }
}
